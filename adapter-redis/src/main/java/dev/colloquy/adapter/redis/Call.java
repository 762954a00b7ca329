package dev.colloquy.adapter.redis;

import java.util.concurrent.CompletableFuture;

/** Something that a caller wants of Redis, on its way there. */
sealed interface Call permits ScriptCall, ListCall {

    /** The conversation's key. */
    String key();

    /** About how many bytes it takes on the wire. */
    long size();

    /** Until when its caller waits, as {@link System#nanoTime()} will say it. */
    long deadline();

    /** What the server answers, or why there is no answer. */
    CompletableFuture<?> reply();
}
