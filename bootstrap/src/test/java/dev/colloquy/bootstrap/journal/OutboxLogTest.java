package dev.colloquy.bootstrap.journal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.colloquy.application.outbox.OutboxConversationStore;
import dev.colloquy.application.outbox.OutboxJournal;
import dev.colloquy.application.outbox.OutboxSettings;
import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.StoreHealth;
import dev.colloquy.domain.retention.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("The outbox logs")
class OutboxLogTest {

    private static final ConversationId ALEX = ConversationId.of("onboarding", "alex");
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Logger logger = (Logger) LoggerFactory.getLogger(OutboxConversationStore.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final HeldConversations held = new HeldConversations(false);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    private OutboxConversationStore open(OutboxJournal journal) {
        return open(journal, OutboxSettings.DEFAULT, InstantSource.fixed(Instant.EPOCH));
    }

    private OutboxConversationStore open(OutboxJournal journal, OutboxSettings settings, InstantSource clock) {
        return OutboxConversationStore.over(held, journal, settings.probingEvery(Duration.ofMillis(2)), clock);
    }

    private static Append message(String id) {
        return Append.of(Retention.DEFAULT, new Message(new MessageId(id), Role.USER, "secret content", Instant.EPOCH));
    }

    /** The store is there, but no append of the replay is answered; returns when so many were tried. */
    private void comeBackWithoutAnswering(int appends) throws InterruptedException {
        comeBackFailing(appends, new StoreUnavailable("no answer in time", null));
    }

    private void comeBackFailing(int appends, RuntimeException failure) throws InterruptedException {
        CountDownLatch attempts = new CountDownLatch(appends);
        held.beforeAppend = () -> {
            attempts.countDown();
            throw failure;
        };
        held.isUp = true;
        attempts.await();
    }

    private List<String> logged(Level level) {
        return List.copyOf(lines.list).stream()
                .filter(line -> line.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    @DisplayName("one line when an episode begins and one when it ends, however many calls there are, no content")
    void oncePerEpisode() {
        try (OutboxConversationStore store = open(OutboxJournal.none())) {
            for (int i = 0; i < 100; i++) {
                store.append(ALEX, message("m" + i));
            }
            held.isUp = true;
            store.close(GRACE);
        }
        assertThat(held.ids(ALEX)).hasSize(100);
        assertThat(logged(Level.WARN))
                .containsExactly("degraded: the store is unavailable (switched off at 10.0.0.1); messages are"
                        + " accepted and wait until it is back");
        assertThat(logged(Level.INFO)).containsExactly("live again after 0 ms: 100 messages replayed, 0 kept aside");
        assertThat(lines.list).noneMatch(line -> line.getFormattedMessage().contains("secret"));
    }

    @Test
    @DisplayName("that the store goes away again while something is held up, but not more than once an hour")
    void awayAgain() throws InterruptedException {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        try (OutboxConversationStore store = open(OutboxJournal.none(), OutboxSettings.DEFAULT, now::get)) {
            store.append(ALEX, message("m1"));
            comeBackWithoutAnswering(2);
            now.set(Instant.EPOCH.plus(Duration.ofDays(3)));
            for (int i = 0; i < 100; i++) {
                held.isUp = false;
                store.append(ConversationId.of("onboarding", "bo" + i), message("b1"));
                held.isUp = true;
            }
            held.beforeAppend = () -> {};
            store.close(GRACE);
        }
        assertThat(logged(Level.WARN))
                .filteredOn(line -> line.startsWith("degraded: the store is unavailable"))
                .hasSize(2);
    }

    @Test
    @DisplayName("each reason why something is held up once, also if it is the same conversation")
    void anotherReason() throws InterruptedException {
        try (OutboxConversationStore store = open(OutboxJournal.none())) {
            store.append(ALEX, message("m1"));
            comeBackWithoutAnswering(2);
            comeBackFailing(3, new StoreAccessRefused("no permission", null));
            comeBackWithoutAnswering(3);
            held.beforeAppend = () -> {};
            store.close(GRACE);
        }
        assertThat(logged(Level.WARN))
                .filteredOn(line -> line.contains("is held up"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("(no answer in time)"),
                        line -> assertThat(line).contains("(no permission)"));
    }

    @Test
    @DisplayName("that the store is away and what is held up in each episode, however soon after the one before")
    void eachEpisode() throws InterruptedException {
        try (OutboxConversationStore store = open(OutboxJournal.none())) {
            for (int episode = 0; episode < 2; episode++) {
                held.isUp = false;
                store.append(ALEX, message("m" + episode));
                comeBackWithoutAnswering(2);
                held.beforeAppend = () -> {};
                while (store.checkHealth().status() != StoreHealth.Status.LIVE) {
                    Thread.onSpinWait();
                }
            }
        }
        assertThat(logged(Level.WARN))
                .filteredOn(line -> line.startsWith("degraded: the store is unavailable"))
                .hasSize(2);
        assertThat(logged(Level.WARN))
                .filteredOn(line -> line.contains("is held up"))
                .hasSize(2);
    }

    @Test
    @DisplayName("that the store is away, also when an earlier run has left something to be replayed")
    void awayAtTheStart(@TempDir Path directory) {
        try (OutboxConversationStore store = open(MvStoreOutboxJournal.open(directory))) {
            store.append(ALEX, message("m1"));
            store.close(Duration.ZERO);
        }
        lines.list.clear();
        try (OutboxConversationStore store = open(MvStoreOutboxJournal.open(directory))) {
            store.append(ALEX, message("m2"));
            store.append(ConversationId.of("onboarding", "bo"), message("b1"));
            held.isUp = true;
            store.close(GRACE);
        }
        assertThat(logged(Level.WARN))
                .filteredOn(line -> line.startsWith("degraded"))
                .containsExactly("degraded: the store is unavailable (switched off at 10.0.0.1); messages are"
                        + " accepted and wait until it is back");
    }

    @Test
    @DisplayName("how much is lost at the end, if there is no journal")
    void lostAtTheEnd() {
        try (OutboxConversationStore store = open(OutboxJournal.none())) {
            store.append(ALEX, message("m1"));
            store.close(Duration.ZERO);
        }
        assertThat(logged(Level.WARN))
                .anySatisfy(line ->
                        assertThat(line).contains("stopped with 1 message of 1 conversation in the outbox", "lost"));
    }

    @Test
    @DisplayName("that the rest is replayed at the next start, if there is one, and so it is")
    void keptAtTheEnd(@TempDir Path directory) {
        try (OutboxConversationStore store = open(MvStoreOutboxJournal.open(directory))) {
            store.append(ALEX, message("m1"));
            store.clear(ALEX);
            store.append(ALEX, message("m2"));
            store.close(Duration.ZERO);
        }
        assertThat(logged(Level.WARN))
                .anySatisfy(line -> assertThat(line).contains("will be replayed at the next start"));
        held.isUp = true;
        try (OutboxConversationStore store = open(MvStoreOutboxJournal.open(directory))) {
            store.close(GRACE);
        }
        assertThat(logged(Level.INFO)).contains("degraded: an earlier run left 3 messages to be replayed");
        assertThat(held.ids(ALEX)).containsExactly("m2");
    }

    @Test
    @DisplayName(
            "an unknown failure at once and once, and when it does not pass where it comes from; nothing of its text")
    void unknownFailure() throws InterruptedException {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        CountDownLatch attempts = new CountDownLatch(3);
        try (OutboxConversationStore store = open(OutboxJournal.none(), OutboxSettings.DEFAULT, now::get)) {
            store.append(ALEX, message("m1"));
            held.beforeAppend = () -> {
                attempts.countDown();
                now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
                throw new IllegalStateException("secret text", new ArithmeticException("secret cause"));
            };
            held.isUp = true;
            attempts.await();
            store.close(GRACE);
        }
        assertThat(logged(Level.WARN))
                .filteredOn(line -> line.contains("held up"))
                .containsExactly("the store answers, but what waits for one conversation of agent onboarding is held up"
                        + " (java.lang.IllegalStateException); it goes on when that is mended");
        assertThat(lines.list)
                .filteredOn(line -> line.getLevel().equals(Level.ERROR))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.getFormattedMessage()).startsWith("kept aside: entry 1 of agent onboarding");
                    assertThat(ThrowableProxyUtil.asString(line.getThrowableProxy()))
                            .contains("IllegalStateException", "ArithmeticException", "OutboxLogTest")
                            .doesNotContain("secret");
                });
    }

    @Test
    @DisplayName("one line for all conversations of an agent that are held up for the same reason")
    void heldUpAlike() throws InterruptedException {
        try (OutboxConversationStore store = open(OutboxJournal.none())) {
            store.append(ALEX, message("m1"));
            store.append(ConversationId.of("onboarding", "bo"), message("b1"));
            comeBackWithoutAnswering(4);
            held.beforeAppend = () -> {};
            store.close(GRACE);
        }
        assertThat(held.ids(ALEX)).containsExactly("m1");
        assertThat(logged(Level.WARN))
                .filteredOn(line -> line.contains("held up"))
                .containsExactly("the store answers, but what waits for one conversation of agent onboarding is held up"
                        + " (no answer in time); it goes on when that is mended");
    }

    @Test
    @DisplayName("where it comes from that it could not look whether the store is back; nothing of its text")
    void failingProbe() throws InterruptedException {
        CountDownLatch attempts = new CountDownLatch(2);
        held.beforeHealth = () -> {
            attempts.countDown();
            throw new IllegalStateException("secret text");
        };
        try (OutboxConversationStore store = open(OutboxJournal.none())) {
            store.append(ALEX, message("m1"));
            attempts.await();
            held.beforeHealth = () -> {};
            held.isUp = true;
            store.close(GRACE);
        }
        assertThat(held.ids(ALEX)).containsExactly("m1");
        assertThat(lines.list)
                .filteredOn(line -> line.getLevel().equals(Level.ERROR))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(ThrowableProxyUtil.asString(line.getThrowableProxy()))
                        .contains("IllegalStateException", "OutboxLogTest")
                        .doesNotContain("secret"));
    }
}
