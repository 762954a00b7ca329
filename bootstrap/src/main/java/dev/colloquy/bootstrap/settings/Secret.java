package dev.colloquy.bootstrap.settings;

import java.util.Objects;

/**
 * A value that must not be shown. Its text form hides it.
 *
 * @param value the value itself
 */
public record Secret(String value) {

    /** What is shown instead. */
    static final String HIDDEN = "(hidden)";

    public Secret {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
