package dev.colloquy.domain.error;

import org.jspecify.annotations.Nullable;

/** The store could not do what was asked. Which subtype it is says whether trying again can help. */
public abstract sealed class StoreFailure extends ColloquyException
        permits StoreUnavailable,
                ConversationChanged,
                StoredDataUnreadable,
                StoreLimitReached,
                StoreAccessRefused,
                OutboxFull {

    private static final long serialVersionUID = 1L;

    StoreFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
