package dev.colloquy.bootstrap.settings;

import dev.colloquy.application.outbox.OutboxSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How much may wait for Redis while it is away.
 *
 * @param maxMessages the most messages, from 1
 * @param maxBytes the most bytes, from 1024
 * @param directory where it is kept on disk, or empty for memory only
 */
public record OutboxPart(int maxMessages, long maxBytes, Optional<Path> directory) {

    static OutboxPart from(SettingsReader reader) {
        OutboxSettings usual = OutboxSettings.forHeap(Runtime.getRuntime().maxMemory());
        return new OutboxPart(
                reader.readOptional(
                                Setting.COLLOQUY_OUTBOX_MAX_MESSAGES,
                                text -> Values.wholeNumber(text, 1, Integer.MAX_VALUE))
                        .orElse(usual.maxMessages()),
                reader.readOptional(Setting.COLLOQUY_OUTBOX_MAX_BYTES, text -> Values.bytes(text, 1024, Long.MAX_VALUE))
                        .orElse(usual.maxBytes()),
                reader.readOptional(Setting.COLLOQUY_OUTBOX_DIR, Values::directory));
    }
}
