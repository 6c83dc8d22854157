/// The characters behind the names that Slack and Mattermost give to the emoji that are used most.
enum EmojiNames {
    /// The character; skin tones are left out.
    static func character(of name: String) -> String? {
        all[String(name.prefix { $0 != ":" }).lowercased()]
    }

    private static let all: [String: String] = {
        var names: [String: String] = [:]
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            for name in words.dropFirst() { names[name] = words[0] }
        }
        return names
    }()

    private static let table = """
        👍 +1 thumbsup
        👎 -1 thumbsdown
        👌 ok_hand
        👏 clap
        🙌 raised_hands
        🙏 pray
        💪 muscle
        👋 wave
        ✋ hand raised_hand
        🤝 handshake
        🤞 crossed_fingers
        ✌️ v
        👈 point_left
        👉 point_right
        👆 point_up_2
        👇 point_down
        ☝️ point_up
        👀 eyes
        🧠 brain
        🤷 shrug
        🤦 facepalm face_palm
        🙋 raising_hand
        🏃 runner running
        💃 dancer
        😀 grinning
        😃 smiley
        😄 smile
        😁 grin
        😆 laughing satisfied
        😅 sweat_smile
        😂 joy
        🤣 rolling_on_the_floor_laughing rofl
        🙂 slightly_smiling_face
        🙃 upside_down_face
        😉 wink
        😊 blush
        😇 innocent
        😍 heart_eyes
        😘 kissing_heart
        😋 yum
        😜 stuck_out_tongue_winking_eye
        😛 stuck_out_tongue
        🤪 zany_face
        🤗 hugging_face hugs
        🤔 thinking_face thinking
        🤨 face_with_raised_eyebrow raised_eyebrow
        😐 neutral_face
        😑 expressionless
        😶 no_mouth
        😏 smirk
        😒 unamused
        🙄 face_with_rolling_eyes roll_eyes
        😬 grimacing
        😌 relieved
        😔 pensive
        😴 sleeping
        😷 mask
        🤒 face_with_thermometer
        🤢 nauseated_face
        🤯 exploding_head
        🥳 partying_face
        😎 sunglasses
        🤓 nerd_face
        😕 confused
        😟 worried
        🙁 slightly_frowning_face
        😮 open_mouth
        😯 hushed
        😲 astonished
        😳 flushed
        🥺 pleading_face
        😢 cry
        😭 sob
        😱 scream
        😖 confounded
        😞 disappointed
        😓 sweat
        😩 weary
        😫 tired_face
        😤 triumph
        😡 rage
        😠 angry
        🤬 face_with_symbols_on_mouth
        😈 smiling_imp
        💀 skull
        💩 hankey poop shit
        🤖 robot_face robot
        🙈 see_no_evil
        🙉 hear_no_evil
        🙊 speak_no_evil
        ❤️ heart
        🧡 orange_heart
        💛 yellow_heart
        💚 green_heart
        💙 blue_heart
        💜 purple_heart
        🖤 black_heart
        💔 broken_heart
        💯 100
        💥 boom
        💫 dizzy
        💬 speech_balloon
        💤 zzz
        🔥 fire
        ✨ sparkles
        ⭐ star
        🌟 star2
        🎉 tada
        🎊 confetti_ball
        🎂 birthday
        🎁 gift
        🏆 trophy
        🥇 first_place_medal
        🎯 dart
        🚀 rocket
        🚢 ship
        🐛 bug
        🐶 dog
        🐱 cat
        🦄 unicorn_face unicorn
        🐢 turtle
        🍕 pizza
        🍺 beer
        🍻 beers
        ☕ coffee
        🍰 cake
        🌈 rainbow
        ☀️ sunny
        🌙 crescent_moon
        ⚡ zap
        ❄️ snowflake
        ☃️ snowman
        ✅ white_check_mark
        ☑️ ballot_box_with_check
        ✔️ heavy_check_mark
        ❌ x
        ❎ negative_squared_cross_mark
        ➕ heavy_plus_sign
        ➖ heavy_minus_sign
        ❓ question
        ❗ exclamation heavy_exclamation_mark
        ⚠️ warning
        🚫 no_entry_sign
        ⛔ no_entry
        🆗 ok
        🔴 red_circle
        🟢 large_green_circle green_circle
        🟡 large_yellow_circle yellow_circle
        🔵 large_blue_circle blue_circle
        🔔 bell
        🔒 lock
        🔑 key
        🔧 wrench
        🔨 hammer
        💡 bulb
        📌 pushpin
        📎 paperclip
        📅 date
        📈 chart_with_upwards_trend
        📉 chart_with_downwards_trend
        📝 memo pencil
        📦 package
        📣 mega
        💰 moneybag
        💻 computer
        📱 iphone
        ⏰ alarm_clock
        ⏳ hourglass_flowing_sand
        ♻️ recycle
        ➡️ arrow_right
        ⬅️ arrow_left
        ⬆️ arrow_up
        ⬇️ arrow_down
        1️⃣ one
        2️⃣ two
        3️⃣ three
        """
}
