package dev.colloquy.adapter.redis;

import org.redisson.client.RedisException;

/**
 * For certain the server has run nothing of a script: it did not know or did not take it, and no other command travelled
 * along whose answer that could be.
 */
final class NotRun extends RedisException {

    private static final long serialVersionUID = 1L;

    /**
     * @param answer the server's
     */
    NotRun(Throwable answer) {
        super(answer.getMessage(), answer);
    }
}
