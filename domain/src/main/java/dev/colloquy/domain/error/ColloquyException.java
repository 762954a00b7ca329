package dev.colloquy.domain.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of every error that Colloquy reports.
 *
 * <p>The message is safe to log and to show: it never holds message content, a token or a password. Instances are
 * immutable apart from what {@link Throwable} itself allows.
 */
public abstract sealed class ColloquyException extends RuntimeException permits RuleViolation, StoreFailure {

    private static final long serialVersionUID = 1L;

    ColloquyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
