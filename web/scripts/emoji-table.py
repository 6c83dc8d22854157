#!/usr/bin/env python3
"""Makes the table of emoji that the picker and ":name:" offer: src/emoji/emoji.txt and the German names beside it.

Order and groups are Unicode's (Debian: apt-get install unicode-data), names and aliases those of the package "emoji" (pip).
A line is: emoji, TAB, name, TAB, other words to find it by. Skin tones are left out, and what is newer than most fonts.
"""
import pathlib
import re

import emoji

SOURCE = pathlib.Path("/usr/share/unicode/emoji/emoji-test.txt")
TARGET = pathlib.Path(__file__).resolve().parent.parent / "src" / "emoji"
LINE = re.compile(r"^[0-9A-F ]+; fully-qualified +# (\S+) E([0-9.]+) (.+)$")
NEWEST = 14.0
MORE = {
    "👍": "+1 yes ok good",
    "👎": "-1 no bad",
    "😂": "lol haha",
    "🤣": "rofl lol",
    "❤️": "love <3",
    "🎉": "party tada congratulations",
    "🙏": "thanks please pray",
    "👀": "look see",
    "✅": "done check yes",
    "🚀": "ship launch",
    "🔥": "hot lit",
    "🤔": "hmm think",
    "😢": "sad",
    "😭": "cry sad",
    "🙂": "smile",
    "😅": "phew",
    "🤷": "shrug dunno",
    "💯": "100 agree",
    "🐛": "bug",
}


def plain(name: str) -> str:
    return name.strip(":").replace("_", " ")


def main() -> None:
    emoji.config.load_language("de")
    english, german = [], []
    for line in SOURCE.read_text().splitlines():
        if line.startswith("# group: ") and "Component" not in line:
            english.append(f"# {line.removeprefix('# group: ')}")
        match = LINE.match(line)
        if not match or float(match[2]) > NEWEST or "skin tone" in match[3]:
            continue
        sign, name = match[1], match[3]
        data = emoji.EMOJI_DATA.get(sign, {})
        words = {plain(alias) for alias in data.get("alias", [])} - {name}
        extra = " ".join([*sorted(words), MORE.get(sign, "")]).strip()
        english.append("\t".join([sign, name, extra]).rstrip("\t"))
        if "de" in data:
            german.append(f"{sign}\t{plain(data['de'])}")
    (TARGET / "emoji.txt").write_text("\n".join(english) + "\n")
    (TARGET / "emoji.de.txt").write_text("\n".join(german) + "\n")


if __name__ == "__main__":
    main()
