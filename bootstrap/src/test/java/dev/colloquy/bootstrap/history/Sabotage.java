package dev.colloquy.bootstrap.history;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Stores that break one promise each, so that the checker can prove that it notices. */
final class Sabotage {

    private Sabotage() {}

    private static class Passing implements ConversationStore {

        final ConversationStore delegate;

        Passing(ConversationStore delegate) {
            this.delegate = delegate;
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            return delegate.append(id, append);
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            return delegate.read(id, range, retention);
        }

        @Override
        public ClearReceipt clear(ConversationId id) {
            return delegate.clear(id);
        }

        @Override
        public ConversationPage list(AgentId agent, PageRequest page) {
            return delegate.list(agent, page);
        }

        @Override
        public StoreHealth checkHealth() {
            return delegate.checkHealth();
        }
    }

    /** Gives a message another id with each attempt, so that a repetition is not recognised. */
    static ConversationStore withoutIdempotence(ConversationStore store) {
        AtomicLong attempts = new AtomicLong();
        return new Passing(store) {
            @Override
            public Receipt append(ConversationId id, Append append) {
                long attempt = attempts.incrementAndGet();
                List<Message> renamed = append.messages().stream()
                        .map(each -> new Message(
                                new MessageId(each.id().value() + "-" + attempt),
                                each.role(),
                                each.content(),
                                each.at(),
                                each.metadata()))
                        .toList();
                return delegate.append(id, new Append(renamed, append.expected(), append.retention()));
            }
        };
    }

    /** Promises what it cannot store, and forgets it. */
    static ConversationStore withoutOutbox(ConversationStore store) {
        return new Passing(store) {
            @Override
            public Receipt append(ConversationId id, Append append) {
                try {
                    return delegate.append(id, append);
                } catch (StoreUnavailable forgotten) {
                    return new Receipt.Accepted(append.messages());
                }
            }
        };
    }

    /** Stores every other replayed batch behind the one that follows it. Clients' own appends keep their order. */
    static ConversationStore withoutReplayOrder(ConversationStore store) {
        Map<ConversationId, Append> held = new ConcurrentHashMap<>();
        return new Passing(store) {
            @Override
            public synchronized Receipt append(ConversationId id, Append append) {
                Append before = held.remove(id);
                boolean replay = !Thread.currentThread().getName().startsWith("client-");
                if (before == null && replay && delegate.checkHealth().status() == StoreHealth.Status.LIVE) {
                    held.put(id, append);
                    return Conversation.empty(id).append(append, Instant.EPOCH).receipt();
                }
                Receipt receipt = delegate.append(id, append);
                if (before != null) {
                    delegate.append(id, before);
                }
                return receipt;
            }

            @Override
            public synchronized ConversationView read(ConversationId id, MessageRange range, Retention retention) {
                Append before = held.remove(id);
                if (before != null) {
                    delegate.append(id, before);
                }
                return delegate.read(id, range, retention);
            }
        };
    }

    /** Goes on to show what was there after the first append without ids of the client's, until it is cleared. */
    static ConversationStore withStaleReadsWithoutIds(ConversationStore store) {
        Map<ConversationId, ConversationView> known = new ConcurrentHashMap<>();
        return new Passing(store) {
            @Override
            public Receipt append(ConversationId id, Append append) {
                Receipt receipt = delegate.append(id, append);
                if (append.firstAttempt()) {
                    known.computeIfAbsent(id, first -> delegate.read(id, MessageRange.all(), append.retention()));
                }
                return receipt;
            }

            @Override
            public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
                ConversationView view = delegate.read(id, range, retention);
                return known.getOrDefault(id, view);
            }

            @Override
            public ClearReceipt clear(ConversationId id) {
                known.remove(id);
                return delegate.clear(id);
            }
        };
    }
}
