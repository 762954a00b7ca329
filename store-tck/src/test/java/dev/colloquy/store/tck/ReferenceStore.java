package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.UserId;
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The simplest right store: one aggregate for each id, one lock, and switches for an outage and for damage. */
class ReferenceStore implements ConversationStore {

    protected final Map<ConversationId, Conversation> conversations = new HashMap<>();
    protected final Set<ConversationId> damaged = new HashSet<>();
    protected final InstantSource clock;
    protected volatile boolean away;

    ReferenceStore(InstantSource clock) {
        this.clock = clock;
    }

    protected Conversation find(ConversationId id) {
        return conversations.getOrDefault(id, Conversation.empty(id)).at(clock.instant());
    }

    protected void requireReachable() {
        if (away) {
            throw new StoreUnavailable("switched off", null);
        }
    }

    @Override
    public synchronized Receipt append(ConversationId id, Append append) {
        requireReachable();
        Conversation.Appended appended = find(id).append(append, clock.instant());
        conversations.put(id, appended.conversation());
        return appended.receipt();
    }

    @Override
    public synchronized ConversationView read(ConversationId id, MessageRange range, Retention retention) {
        requireReachable();
        if (damaged.contains(id)) {
            throw new StoredDataUnreadable(id.toString(), "element 2 is no message", null);
        }
        Conversation conversation = find(id).read(retention, clock.instant());
        conversations.computeIfPresent(id, (key, before) -> conversation);
        return conversation.view(range);
    }

    @Override
    public synchronized ClearReceipt clear(ConversationId id) {
        requireReachable();
        conversations.remove(id);
        damaged.remove(id);
        return ClearReceipt.CLEARED;
    }

    /** The users of an agent, sorted. */
    protected synchronized List<String> users(AgentId agent) {
        return conversations.keySet().stream()
                .filter(id -> id.agent().equals(agent) && find(id).length() > 0)
                .map(id -> id.user().value())
                .sorted()
                .toList();
    }

    @Override
    public ConversationPage list(AgentId agent, PageRequest page) {
        requireReachable();
        String after = page.from().map(ReferenceStore::userIn).orElse("");
        List<String> behind =
                users(agent).stream().filter(user -> user.compareTo(after) > 0).toList();
        List<String> users = behind.stream().limit(page.limit()).toList();
        return new ConversationPage(
                users.stream()
                        .map(user -> new ConversationId(agent, new UserId(user)))
                        .toList(),
                users.size() < behind.size() ? "after:" + users.getLast() : null);
    }

    private static String userIn(String cursor) {
        if (!cursor.startsWith("after:")) {
            throw new InvalidValue("cursor", cursor, "a cursor that a listing gave");
        }
        return cursor.substring("after:".length());
    }

    @Override
    public StoreHealth checkHealth() {
        return away ? StoreHealth.unavailable("switched off") : StoreHealth.live("in this process");
    }
}
