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
import dev.colloquy.domain.error.InvalidValue;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The simplest right store: one aggregate for each id, one lock for all but listings, and switches for an outage and for
 * damage.
 */
class ReferenceStore implements ConversationStore {

    protected final Map<ConversationId, Conversation> conversations = new ConcurrentHashMap<>();
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
    public Receipt append(ConversationId id, Append append) {
        requireReachable();
        synchronized (this) {
            Conversation.Appended appended = find(id).append(append, clock.instant());
            conversations.put(id, appended.conversation());
            return appended.receipt();
        }
    }

    @Override
    public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
        requireReachable();
        synchronized (this) {
            if (damaged.contains(id)) {
                throw new StoredDataUnreadable(id.toString(), "element 2 is no message", null);
            }
            Conversation conversation = find(id).read(retention, clock.instant());
            conversations.computeIfPresent(id, (key, before) -> conversation);
            return conversation.view(range);
        }
    }

    @Override
    public ClearReceipt clear(ConversationId id) {
        requireReachable();
        synchronized (this) {
            conversations.remove(id);
            damaged.remove(id);
            return ClearReceipt.CLEARED;
        }
    }

    /** Whether a listing of the agent shows the conversation. */
    protected boolean belongsTo(AgentId agent, ConversationId id) {
        return id.agent().equals(agent);
    }

    /** The agent's conversations behind a user, in the order of the users. */
    private List<ConversationId> behind(AgentId agent, String user) {
        return conversations.keySet().stream()
                .filter(id -> belongsTo(agent, id) && id.user().value().compareTo(user) > 0)
                .filter(id -> find(id).length() > 0)
                .sorted(Comparator.comparing(id -> id.user().value()))
                .toList();
    }

    /** How many conversations are stored without an expiry at this instant. */
    protected long withoutExpiry() {
        synchronized (this) {
            return conversations.values().stream()
                    .filter(conversation -> conversation.length() > 0
                            && conversation.expiresAt().isEmpty())
                    .count();
        }
    }

    @Override
    public ConversationPage list(AgentId agent, PageRequest page) {
        requireReachable();
        List<ConversationId> behind =
                behind(agent, page.from().map(ReferenceStore::userIn).orElse(""));
        List<ConversationId> ids = behind.stream().limit(page.limit()).toList();
        boolean more = ids.size() < behind.size();
        return new ConversationPage(ids, more ? "after:" + ids.getLast().user() : null);
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
