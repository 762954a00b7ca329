package dev.colloquy.bootstrap.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.application.outbox.OutboxConversationStore;
import dev.colloquy.application.outbox.OutboxJournal;
import dev.colloquy.application.outbox.OutboxSettings;
import dev.colloquy.domain.port.out.ConversationStore;
import dev.colloquy.domain.port.out.StoreHealth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The history of a store that comes and goes")
class SabotageTest {

    private static final int CLIENTS = 4;
    private static final int OUTAGES = 12;

    @Test
    @DisplayName("is valid behind the outbox")
    void control() throws Exception {
        assertThat(run(store -> store, SabotageTest::outbox, false)).isEmpty();
    }

    @Test
    @DisplayName("is valid without the outbox, when clients repeat what got no answer")
    void controlOfClients() throws Exception {
        assertThat(run(store -> store, store -> store, false)).isEmpty();
    }

    @Test
    @DisplayName("shows doubled messages when clients repeat with fresh ids")
    void freshIds() throws Exception {
        assertThat(run(store -> store, store -> store, true)).contains(Anomaly.Kind.DOUBLED);
    }

    @Test
    @DisplayName("shows doubled messages when clients repeat with fresh ids what was answered already")
    void freshIdsBehindTheOutbox() throws Exception {
        assertThat(run(store -> store, SabotageTest::outbox, true)).contains(Anomaly.Kind.DOUBLED);
    }

    @Test
    @DisplayName("shows doubled messages when the store does not recognise a repetition")
    void withoutIdempotence() throws Exception {
        assertThat(run(Sabotage::withoutIdempotence, SabotageTest::outbox, false))
                .contains(Anomaly.Kind.DOUBLED);
    }

    @Test
    @DisplayName("shows messages out of order when the replay does not keep it")
    void withoutReplayOrder() throws Exception {
        assertThat(run(Sabotage::withoutReplayOrder, SabotageTest::outbox, false))
                .contains(Anomaly.Kind.OUT_OF_ORDER);
    }

    @Test
    @DisplayName("shows lost messages when what is accepted goes into no outbox")
    void withoutOutbox() throws Exception {
        assertThat(run(store -> store, Sabotage::withoutOutbox, false)).contains(Anomaly.Kind.LOST);
    }

    @Test
    @DisplayName("shows it when only those reads are stale where clients give no ids")
    void staleWithoutIds() throws Exception {
        assertThat(run(Sabotage::withStaleReadsWithoutIds, store -> store, false))
                .containsAnyOf(Anomaly.Kind.STALE_READ, Anomaly.Kind.LOST);
    }

    private static ConversationStore outbox(ConversationStore store) {
        return OutboxConversationStore.over(
                store,
                OutboxJournal.none(),
                OutboxSettings.DEFAULT.probingEvery(Duration.ofMillis(5)),
                InstantSource.system());
    }

    private static List<Anomaly.Kind> run(
            UnaryOperator<ConversationStore> below, UnaryOperator<ConversationStore> above, boolean freshIds)
            throws Exception {
        UnreliableStore unreliable = new UnreliableStore();
        ConversationStore store = above.apply(below.apply(unreliable));
        Endpoint endpoint = new StoreEndpoint(store);
        Recorder recorder = new Recorder();
        Topics topics = new Topics("sabotage", 7);
        CountDownLatch stop = new CountDownLatch(1);
        SplittableRandom random = new SplittableRandom(7);
        List<Thread> clients = new ArrayList<>();
        for (int number = 0; number < CLIENTS; number++) {
            Client client = new Client(number, 0, endpoint, topics, recorder, random.split(), stop, freshIds);
            clients.add(Thread.ofPlatform().name("client-" + number).start(client));
        }
        for (int outage = 0; outage < OUTAGES; outage++) {
            for (UnreliableStore.Mode mode : UnreliableStore.Mode.values()) {
                unreliable.become(mode);
                TimeUnit.MILLISECONDS.sleep(30);
            }
        }
        unreliable.become(UnreliableStore.Mode.WELL);
        stop.countDown();
        for (Thread client : clients) {
            client.join();
        }
        awaitLive(store);
        Map<String, List<Entry>> finals = new HashMap<>();
        for (String conversation : topics.all()) {
            finals.put(conversation, endpoint.read(conversation).orElseThrow().entries());
        }
        if (store instanceof AutoCloseable closeable) {
            closeable.close();
        }
        return HistoryChecker.check(new History(recorder.operations(), finals)).stream()
                .map(Anomaly::kind)
                .distinct()
                .toList();
    }

    private static void awaitLive(ConversationStore store) throws InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (store.checkHealth().status() != StoreHealth.Status.LIVE) {
            assertThat(System.nanoTime()).as("time to drain").isLessThan(giveUp);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
