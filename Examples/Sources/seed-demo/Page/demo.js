// The tutorial's page without a framework: contacts, conversation, composer, toasts.
const contacts = ["Iron Man", "Thor", "Hulk", "Doctor Strange", "Captain America"].map((name, i) => ({ id: i + 1, name }));
const history = new Map(contacts.map((c) => [c.id, []]));
const $ = (id) => document.getElementById(id);
const socket = io();
let receiver = null;

function toast(text) {
  $("toast").textContent = text;
  setTimeout(() => { if ($("toast").textContent === text) $("toast").textContent = ""; }, 3000);
}

function renderContacts() {
  const wanted = $("search").value.toLowerCase();
  $("contacts").replaceChildren(...contacts.filter((c) => c.name.toLowerCase().includes(wanted)).map((contact) => {
    const item = document.createElement("li"), button = document.createElement("button");
    button.textContent = contact.name;
    if (contact === receiver) button.setAttribute("aria-current", "true");
    button.onclick = () => { receiver = contact; render(); $("text").focus(); };
    item.append(button);
    return item;
  }));
}

function render() {
  renderContacts();
  $("receiver").textContent = receiver ? receiver.name : "Choose a friend";
  $("messages").replaceChildren(...(receiver ? history.get(receiver.id) : []).map((m) => {
    const item = document.createElement("li"), time = document.createElement("small");
    item.className = m.type;
    item.textContent = m.text;
    time.textContent = (m.type === "SENT" ? "You" : receiver.name) + " · " + new Date(m.timestamp).toLocaleTimeString();
    item.append(time);
    return item;
  }));
  $("messages").scrollTop = $("messages").scrollHeight;
}

$("composer").onsubmit = (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text || !receiver) return;
  const message = { text, receiver: receiver.id, type: "SENT", timestamp: Date.now() };
  history.get(receiver.id).push(message);
  socket.emit("message", message);
  $("text").value = "";
  render();
};
$("search").oninput = renderContacts;
socket.on("message", (message) => { history.get(message.receiver)?.push(message); render(); });
socket.on("connect", () => toast("Connection established"));
socket.on("disconnect", () => toast("Connection lost. Reconnecting"));
render();
