package dev.colloquy.domain.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colloquy.domain.error.InvalidValue;

/** What the domain needs to know about Unicode. */
final class Text {

    private Text() {}

    /** Refuses text with a lone surrogate, which UTF-8 cannot carry. The text itself is not quoted. */
    static void requireEncodable(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new InvalidValue(
                            field, "a lone surrogate at character " + i, "Unicode text that UTF-8 can carry");
                }
                i++;
            }
        }
    }

    /** The number of bytes of the text in UTF-8; the text has no lone surrogate. */
    static long utf8Length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate is one half of a character of four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /** Whether each character is one of the first 256; a string then takes one byte for each, else two for each. */
    static boolean isLatin1(String text) {
        // Mostly it is ASCII, for which the JDK looks at many characters at a time. A loop here was a quarter of an
        // append to memory in one process of three, as the compiler made something else of it there.
        return text.getBytes(UTF_8).length == text.length() || text.chars().allMatch(c -> c <= 0xff);
    }
}
