import { useSession } from "../app/session";
import { t } from "../i18n/translate";
import type { DeskPage } from "../ui/Desk";
import { Desk } from "../ui/Desk";
import { AuditPage } from "./AuditPage";
import { BotsPage } from "./BotsPage";
import { InvitationsPage } from "./InvitationsPage";
import { OverviewPage } from "./OverviewPage";
import { PeoplePage } from "./PeoplePage";
import { RoomsPage } from "./RoomsPage";
import { ServerPage } from "./ServerPage";
import "./admin.css";

/** What administrators see of their server. */
export function AdminScreen({ page }: { page: string | undefined }) {
  const { server } = useSession();
  const bots: readonly DeskPage[] = server.bots
    ? [{ id: "bots", title: t("bots.title"), icon: "bot", Show: BotsPage }]
    : [];
  const pages: readonly DeskPage[] = [
    { id: "overview", title: t("overview.title"), icon: "gauge", Show: OverviewPage },
    { id: "people", title: t("list.people"), icon: "people", Show: PeoplePage, wide: true },
    { id: "invitations", title: t("admin.invitations"), icon: "ticket", Show: InvitationsPage },
    { id: "rooms", title: t("list.rooms"), icon: "hash", Show: RoomsPage, wide: true },
    ...bots,
    { id: "server", title: t("admin.server"), icon: "settings", Show: ServerPage },
    { id: "audit", title: t("audit.title"), icon: "list", Show: AuditPage, wide: true },
  ];
  return <Desk title={t("admin.title")} base="/admin" page={page} pages={pages} />;
}
