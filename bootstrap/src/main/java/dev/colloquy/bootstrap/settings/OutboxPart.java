package dev.colloquy.bootstrap.settings;

/**
 * How much may wait for Redis while it is away.
 *
 * @param maxMessages the most messages, from 1
 * @param maxBytes the most bytes, from 1024
 */
public record OutboxPart(int maxMessages, long maxBytes) {

    static OutboxPart from(SettingsReader reader) {
        return new OutboxPart(
                reader.read(
                        Setting.COLLOQUY_OUTBOX_MAX_MESSAGES, text -> Values.wholeNumber(text, 1, Integer.MAX_VALUE)),
                reader.read(Setting.COLLOQUY_OUTBOX_MAX_BYTES, text -> Values.bytes(text, 1024, Long.MAX_VALUE)));
    }
}
