package dev.colloquy.documentation;

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
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The simplest store that passes the contract: the aggregate has the rules, this has a map and a lock. It forgets nothing
 * by itself, so it is for reading, not for use.
 */
final class MyStore implements ConversationStore {

    private static final String BEHIND = "behind:";

    private final Map<ConversationId, Conversation> conversations = new HashMap<>();
    private final InstantSource clock;

    MyStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Receipt append(ConversationId id, Append append) {
        Instant now = clock.instant();
        Conversation.Appended appended = conversation(id, now).append(append, now);
        conversations.put(id, appended.conversation());
        return appended.receipt();
    }

    @Override
    public synchronized ConversationView read(ConversationId id, MessageRange range, Retention retention) {
        Instant now = clock.instant();
        Conversation read = conversation(id, now).read(retention, now);
        conversations.put(id, read);
        return read.view(range);
    }

    @Override
    public synchronized ClearReceipt clear(ConversationId id) {
        conversations.remove(id);
        return ClearReceipt.CLEARED;
    }

    @Override
    public synchronized ConversationPage list(AgentId agent, PageRequest page) {
        Instant now = clock.instant();
        String last = page.from().map(MyStore::userIn).orElse("");
        List<ConversationId> ids = conversations.keySet().stream()
                .filter(id -> id.agent().equals(agent) && conversation(id, now).length() > 0)
                .filter(id -> id.user().value().compareTo(last) > 0)
                .sorted(Comparator.comparing(id -> id.user().value()))
                .limit(page.limit())
                .toList();
        return new ConversationPage(
                ids, ids.size() < page.limit() ? null : BEHIND + ids.getLast().user());
    }

    private static String userIn(String cursor) {
        if (!cursor.startsWith(BEHIND)) {
            throw new InvalidValue("cursor", cursor, "a cursor that a listing gave");
        }
        return cursor.substring(BEHIND.length());
    }

    @Override
    public StoreHealth checkHealth() {
        return StoreHealth.live("a map in this process");
    }

    private Conversation conversation(ConversationId id, Instant now) {
        return conversations.getOrDefault(id, Conversation.empty(id)).at(now);
    }
}
