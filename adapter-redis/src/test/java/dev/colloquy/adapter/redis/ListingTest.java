package dev.colloquy.adapter.redis;

import static dev.colloquy.adapter.redis.Conversations.read;
import static dev.colloquy.adapter.redis.Conversations.save;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.FaultyProxy;
import dev.colloquy.adapter.redis.testing.RedisCluster;
import dev.colloquy.adapter.redis.testing.RedisServer;
import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.ConversationStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A listing sees every conversation at least once, and ends,")
class ListingTest {

    private static final AgentId AGENT = new AgentId("onboarding");
    private static final int LIMIT = 10;
    private static final int CONVERSATIONS = 60;
    /** Enough to go on after a failover, and for many thousands of pages. */
    private static final Duration TIME = Duration.ofSeconds(20);

    private final Set<ConversationId> seen = new HashSet<>();
    private PageRequest request = PageRequest.first(LIMIT);
    private boolean ended;

    private ConversationPage next(ConversationStore store) {
        ConversationPage page = store.list(AGENT, request);
        seen.addAll(page.conversations());
        ended = page.nextCursor().isEmpty();
        request = page.nextCursor().map(request::after).orElse(request);
        return page;
    }

    private void toTheEnd(ConversationStore... stores) {
        long deadline = System.nanoTime() + TIME.toNanos();
        for (int page = 0; !ended; page++) {
            assertThat(System.nanoTime()).as("time until the listing ends").isLessThan(deadline);
            ConversationStore store = stores[page % stores.length];
            patiently(() -> next(store));
        }
    }

    /** Repeats until Redis is there for the store again. */
    private static void patiently(Runnable call) {
        long deadline = System.nanoTime() + TIME.toNanos();
        while (true) {
            try {
                call.run();
                return;
            } catch (StoreUnavailable away) {
                assertThat(System.nanoTime()).as("time until Redis is there").isLessThan(deadline);
            }
        }
    }

    private static RedisConversationStore connect(String url) {
        return RedisConversationStore.connect(RedisHarness.patient(RedisSettings.of(url)));
    }

    private static List<ConversationId> saveAll(ConversationStore store, String user) {
        List<ConversationId> all = IntStream.range(0, CONVERSATIONS)
                .mapToObj(i -> ConversationId.of(AGENT.value(), user + i))
                .toList();
        all.forEach(id -> save(store, id, "m"));
        return all;
    }

    @Test
    @DisplayName("though the server is started anew meanwhile: its scans then have another order")
    void restarted() {
        try (RedisServer server = RedisServer.builder().persistent().start();
                RedisConversationStore store = connect(server.url())) {
            List<ConversationId> all = saveAll(store, "user-");
            next(store);
            assertThat(ended).isFalse();

            server.restart();
            toTheEnd(store);

            assertThat(seen).containsAll(all);
        }
    }

    @Test
    @DisplayName("though the pages are read in turn by two processes, which know the server under two addresses")
    void twoAddresses() {
        try (RedisServer server = RedisServer.start();
                FaultyProxy one = FaultyProxy.before(server.port());
                FaultyProxy other = FaultyProxy.before(server.port());
                RedisConversationStore store = connect(one.url());
                RedisConversationStore another = connect(other.url())) {
            List<ConversationId> all = saveAll(store, "user-");

            toTheEnd(store, another);

            assertThat(seen).containsAll(all);
        }
    }

    /** Three masters with the conversations of one slot each; a page has ended within the second of them. */
    @Nested
    @DisplayName("though, in a cluster,")
    class InCluster {

        private final RedisCluster cluster = RedisCluster.start();
        private final RedisConversationStore store = connect(cluster.url());
        private final List<ConversationId> all = new ArrayList<>();
        /** In the order of the listing. */
        private final List<RedisServer> masters = new ArrayList<>();

        InCluster() {
            for (RedisServer master : cluster.nodes().subList(0, 3)) {
                all.addAll(saveAll(store, tagOf(master)));
            }
            while (masters.size() < 2) {
                for (ConversationId id : next(store).conversations()) {
                    RedisServer master = masterOf(id);
                    if (!masters.contains(master)) {
                        masters.add(master);
                    }
                }
            }
            cluster.nodes().subList(0, 3).stream()
                    .filter(master -> !masters.contains(master))
                    .forEach(masters::add);
            assertThat(masters).hasSize(3);
            assertThat(seen).noneMatch(id -> masterOf(id) == masters.get(2));
        }

        @AfterEach
        void close() {
            store.close();
            cluster.close();
        }

        private RedisServer masterOf(ConversationId id) {
            return cluster.masterOf(ConversationKey.of(id));
        }

        /** How users' names begin whose conversations are in one slot of a master. */
        private String tagOf(RedisServer master) {
            return IntStream.iterate(0, i -> i + 1)
                    .mapToObj(i -> "{" + i + "}")
                    .filter(tag -> cluster.masterOf(tag) == master)
                    .findFirst()
                    .orElseThrow();
        }

        /** A master is gone, its replica is the master of the same slots, and the store knows it. */
        private void failOver(RedisServer master) {
            ConversationId id = conversationOn(master);
            cluster.failOver(master);
            master.kill();
            patiently(() -> read(store, id));
        }

        private ConversationId conversationOn(RedisServer master) {
            return all.stream().filter(id -> masterOf(id) == master).findFirst().orElseThrow();
        }

        private String slotOn(RedisServer master) {
            return Integer.toString(ClusterSlot.of(ConversationKey.of(conversationOn(master))));
        }

        private void moveKeys(String slot, RedisServer from, RedisServer to) {
            RedisCluster.beginMove(slot, from, to);
            try (var redis = from.connect()) {
                for (String key : redis.list("CLUSTER", "GETKEYSINSLOT", slot, "1000")) {
                    redis.call("MIGRATE", "127.0.0.1", Integer.toString(to.port()), key, "0", "5000");
                }
            }
        }

        @Test
        @DisplayName("another master than that of the page fails over")
        void anotherFailsOver() {
            failOver(masters.get(2));
            toTheEnd(store);

            assertThat(seen).containsAll(all);
        }

        @Test
        @DisplayName("the master of the page fails over")
        void failsOver() {
            failOver(masters.get(1));
            toTheEnd(store);

            assertThat(seen).containsAll(all);
        }

        @Test
        @DisplayName("a slot moves from a master whose turn is still to come to one whose turn is over")
        void slotMoves() {
            String slot = slotOn(masters.get(2));
            moveKeys(slot, masters.get(2), masters.get(0));
            RedisCluster.finishMove(slot, masters.get(2), masters.get(0));
            toTheEnd(store);

            assertThat(seen).containsAll(all);
        }

        @Test
        @DisplayName("a slot is moving: as long as it does, the listing goes on")
        void slotIsMoving() {
            String slot = slotOn(masters.get(2));
            moveKeys(slot, masters.get(2), masters.get(0));
            for (int pages = 0; pages < CONVERSATIONS; pages++) {
                next(store);
                assertThat(ended).isFalse();
            }
            RedisCluster.finishMove(slot, masters.get(2), masters.get(0));
            toTheEnd(store);

            assertThat(seen).containsAll(all);
        }
    }
}
