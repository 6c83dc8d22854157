import { useEffect, useRef } from "react";
import { t } from "../i18n/translate";
import { Avatar } from "../ui/Avatar";
import { classes } from "../ui/classes";
import type { Offer } from "./useOffers";
import "./Offers.css";

interface OffersProps {
  readonly id: string;
  readonly offers: readonly Offer[];
  readonly at: number;
  readonly onChoose: (offer: Offer) => void;
}

/** The list above the composer. The focus stays in the text; the keys are handled there. */
export function Offers({ id, offers, at, onChoose }: OffersProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <div ref={list} id={id} role="listbox" tabIndex={-1} aria-label={t("composer.offers")} className="offers scroll">
      {offers.map((offer, i) => (
        // The text keeps the focus: Enter and Tab choose, this is for the pointer.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
        <div
          key={offer.key}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === at}
          className={classes("offer", i === at && "offer-now")}
          onPointerDown={(event) =>
            event.preventDefault()}
          onClick={() =>
            onChoose(offer)}
        >
          {offer.sign
            ? <span className="offer-sign">{offer.sign}</span>
            : <Avatar id={offer.key} name={offer.label} size="s" />}
          <bdi className="offer-label">{offer.label}</bdi>
          <span className="offer-detail">{offer.detail}</span>
        </div>
      ))}
    </div>
  );
}
