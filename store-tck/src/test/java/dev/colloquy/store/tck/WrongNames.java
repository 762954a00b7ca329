package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ClearReceipt;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.retention.Retention;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Stores that take one conversation for another, or show the wrong ones in a listing. */
final class WrongNames {

    private WrongNames() {}

    /** Conversations whose keys are equal share their messages. */
    static final class KeyedBy extends ReferenceStore {

        private final Function<ConversationId, String> key;
        private final Map<String, ConversationId> firstWithKey = new ConcurrentHashMap<>();

        KeyedBy(InstantSource clock, Function<ConversationId, String> key) {
            super(clock);
            this.key = key;
        }

        private ConversationId shared(ConversationId id) {
            return firstWithKey.computeIfAbsent(key.apply(id), unknown -> id);
        }

        @Override
        public Receipt append(ConversationId id, Append append) {
            return super.append(shared(id), append);
        }

        @Override
        public ConversationView read(ConversationId id, MessageRange range, Retention retention) {
            ConversationView view = super.read(shared(id), range, retention);
            return ConversationView.live(id, view.messages(), view.length(), view.last(), view.expiresAt());
        }

        @Override
        public ClearReceipt clear(ConversationId id) {
            return super.clear(shared(id));
        }
    }

    /** Clears every conversation that looks like the one to clear. */
    static final class ClearsAlike extends ReferenceStore {

        private final BiPredicate<String, String> alike;

        /** @param alike whether a key, the second one, looks like the one to clear */
        ClearsAlike(InstantSource clock, BiPredicate<String, String> alike) {
            super(clock);
            this.alike = alike;
        }

        @Override
        public synchronized ClearReceipt clear(ConversationId id) {
            conversations.keySet().removeIf(other -> alike.test(key(id), key(other)));
            return super.clear(id);
        }

        private static String key(ConversationId id) {
            return id + ":conversation";
        }
    }

    /** Whether it begins with the other, as a pattern says that ends in {@code *}. */
    static boolean beginsAlike(String cleared, String key) {
        return key.startsWith(cleared.substring(0, cleared.lastIndexOf(':')));
    }

    /** Whether it matches the other, taken for a pattern in which {@code *} and {@code ?} have their meaning. */
    static boolean matches(String cleared, String key) {
        String pattern = Pattern.quote(cleared).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return key.matches(pattern);
    }

    /** A pattern such as {@code agent*} finds other agents, too. */
    static final class ListsByPrefix extends ReferenceStore {

        ListsByPrefix(InstantSource clock) {
            super(clock);
        }

        @Override
        protected boolean belongsTo(AgentId agent, ConversationId id) {
            return id.agent().value().startsWith(agent.value());
        }
    }

    /** Each page but the first begins one too late. */
    static final class LosesBetweenPages extends ReferenceStore {

        LosesBetweenPages(InstantSource clock) {
            super(clock);
        }

        @Override
        public ConversationPage list(AgentId agent, PageRequest request) {
            ConversationPage page = super.list(agent, request);
            List<ConversationId> ids = page.conversations();
            return request.from().isPresent() && !ids.isEmpty()
                    ? new ConversationPage(ids.subList(1, ids.size()), page.next())
                    : page;
        }
    }

    /** Gives everything in one page, however much that is. */
    static final class IgnoresLimit extends ReferenceStore {

        IgnoresLimit(InstantSource clock) {
            super(clock);
        }

        @Override
        public ConversationPage list(AgentId agent, PageRequest request) {
            return super.list(agent, new PageRequest(request.cursor(), 1000));
        }
    }

    /** Gives 100 at most, and takes a page that holds fewer than were asked for as the last one. */
    static final class CutsPages extends ReferenceStore {

        CutsPages(InstantSource clock) {
            super(clock);
        }

        @Override
        public ConversationPage list(AgentId agent, PageRequest request) {
            ConversationPage page =
                    super.list(agent, new PageRequest(request.cursor(), Math.min(100, request.limit())));
            boolean last = page.conversations().size() < request.limit();
            return new ConversationPage(page.conversations(), last ? null : page.next());
        }
    }

    /** Percent-encodes the place where a page ended, which takes twelve characters for some single ones. */
    static final class EncodesCursors extends ReferenceStore {

        EncodesCursors(InstantSource clock) {
            super(clock);
        }

        @Override
        public ConversationPage list(AgentId agent, PageRequest request) {
            String from = request.from()
                    .map(cursor -> URLDecoder.decode(cursor, StandardCharsets.UTF_8))
                    .orElse(null);
            ConversationPage page = super.list(agent, new PageRequest(from, request.limit()));
            String next = page.nextCursor()
                    .map(cursor -> URLEncoder.encode(cursor, StandardCharsets.UTF_8))
                    .orElse(null);
            return new ConversationPage(page.conversations(), next);
        }
    }

    /** Goes on with the agent that the cursor names, whoever's listing is asked for. */
    static final class BelievesCursors extends ReferenceStore {

        BelievesCursors(InstantSource clock) {
            super(clock);
        }

        @Override
        public ConversationPage list(AgentId agent, PageRequest request) {
            String[] from = request.from().orElse("").split(" ", 2);
            AgentId listed = from.length == 2 ? new AgentId(from[0]) : agent;
            ConversationPage page =
                    super.list(listed, new PageRequest(from.length == 2 ? from[1] : request.cursor(), request.limit()));
            String next = page.nextCursor().map(cursor -> listed + " " + cursor).orElse(null);
            return new ConversationPage(page.conversations(), next);
        }
    }

    static String withShortAgent(ConversationId id) {
        String agent = id.agent().value();
        return agent.substring(0, Math.min(32, agent.length())) + ":" + id.user();
    }

    /** As a column with a collation does. */
    static String withoutCaseBeyondAscii(ConversationId id) {
        StringBuilder user = new StringBuilder();
        id.user()
                .value()
                .codePoints()
                .map(c -> c < 128 ? c : Character.toUpperCase(c))
                .forEach(user::appendCodePoint);
        return id.agent() + ":" + user;
    }

    /** As a column does that takes three bytes for a character. */
    static String withoutEmoji(ConversationId id) {
        return id.agent() + ":" + id.user().value().replaceAll("[^\\x{0}-\\x{FFFF}]", "?");
    }

    /** Lists what was appended to latest first, and goes on with what is older than the end of the page. */
    static final class ListsLatestFirst extends ReferenceStore {

        private final Map<ConversationId, Long> latest = new HashMap<>();
        private long appends;

        ListsLatestFirst(InstantSource clock) {
            super(clock);
        }

        @Override
        public synchronized Receipt append(ConversationId id, Append append) {
            Receipt receipt = super.append(id, append);
            latest.put(id, ++appends);
            return receipt;
        }

        @Override
        public synchronized ConversationPage list(AgentId agent, PageRequest request) {
            // Refuses foreign cursors and fails in an outage.
            super.list(agent, request);
            long end = request.from()
                    .map(cursor -> Long.valueOf(cursor.substring("after:".length())))
                    .orElse(Long.MAX_VALUE);
            List<ConversationId> older = conversations.keySet().stream()
                    .filter(id -> belongsTo(agent, id) && find(id).length() > 0 && latest.getOrDefault(id, 0L) < end)
                    .sorted(Comparator.<ConversationId>comparingLong(latest::get)
                            .reversed())
                    .toList();
            List<ConversationId> page = older.stream().limit(request.limit()).toList();
            String next = page.size() < older.size() ? "after:" + latest.get(page.getLast()) : null;
            return new ConversationPage(page, next);
        }
    }
}
