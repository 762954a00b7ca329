/** Conversations in Redis, through Redisson: one list per conversation, one script call per append. */
@NullMarked
package dev.colloquy.adapter.redis;

import org.jspecify.annotations.NullMarked;
