package dev.colloquy.adapter.memory;

import com.github.benmanes.caffeine.cache.Expiry;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Lets the cache drop each conversation at its own expiry time. A read does not move it by itself: where the retention
 * counts from the last access, the read replaces the conversation.
 */
final class RetentionExpiry implements Expiry<ConversationId, Conversation> {

    private final InstantSource clock;

    RetentionExpiry(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public long expireAfterCreate(ConversationId id, Conversation conversation, long now) {
        Instant current = clock.instant();
        Instant expiry = conversation.expiresAt().orElse(current);
        return Math.max(0, Duration.between(current, expiry).toNanos());
    }

    @Override
    public long expireAfterUpdate(ConversationId id, Conversation conversation, long now, long left) {
        return expireAfterCreate(id, conversation, now);
    }

    @Override
    public long expireAfterRead(ConversationId id, Conversation conversation, long now, long left) {
        return left;
    }
}
