package dev.colloquy.application.outbox;

import static dev.colloquy.application.outbox.Fixture.ALEX;
import static dev.colloquy.application.outbox.Fixture.BO;
import static dev.colloquy.application.outbox.Fixture.RETENTION;
import static dev.colloquy.application.outbox.Fixture.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.domain.conversation.Append;
import dev.colloquy.domain.conversation.Conversation;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.error.MessageIdConflict;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreLimitReached;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.port.out.StoreHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("When the store is back")
class RecoveryTest {

    private final Fixture f = new Fixture();

    /** Has each append fail that begins with m1. */
    private void failFirst(RuntimeException failure) {
        f.store.beforeAppend = append -> {
            if (append.messages().getFirst().id().value().equals("m1")) {
                throw failure;
            }
        };
    }

    @Test
    @DisplayName("what waits is replayed, the conversation with the oldest entry first, each in its order")
    void order() {
        f.down();
        f.append(BO, "b1");
        f.append(ALEX, "a1");
        f.append(BO, "b2", "b3");
        f.append(ALEX, "a2");
        f.upAndProbe();
        assertThat(f.store.writes).containsExactly("bo:b1", "bo:b2", "bo:b3", "alex:a1", "alex:a2");
        assertThat(f.store.contents(BO)).containsExactly("b1", "b2", "b3");
    }

    @Test
    @DisplayName("what was replayed does not wait any more: if the cap has dropped it already, no read shows it")
    void droppedByTheCap() {
        List<String> seen = new ArrayList<>();
        f.store.afterAppend = append -> {
            if (append.messages().getLast().id().value().equals("m6")) {
                seen.addAll(shown(f.read(ALEX)));
            }
        };
        f.down();
        for (String id : List.of("m1", "m2", "m3", "m4", "m5", "m6")) {
            Append given = f.batch(id);
            f.outbox.append(ALEX, new Append(given.messages(), given.expected(), RETENTION.keepingAtMost(2), false));
        }
        f.upAndProbe();

        assertThat(seen).containsExactly("m3", "m4", "m5", "m6");
        assertThat(f.store.contents(ALEX)).containsExactly("m5", "m6");
    }

    @Test
    @DisplayName("nothing is replayed as a first attempt: the one that failed may have been carried out")
    void repetition() {
        List<Boolean> firstAttempts = new ArrayList<>();
        f.store.beforeAppend = append -> firstAttempts.add(append.firstAttempt());
        f.down();
        f.outbox.append(ALEX, f.batch("a1").asFirstAttempt());
        f.outbox.append(ALEX, f.batch("a2").asFirstAttempt());
        f.upAndProbe();
        f.outbox.append(ALEX, f.batch("a3").asFirstAttempt());
        assertThat(firstAttempts).containsExactly(true, false, true);
    }

    @Test
    @DisplayName(
            "a message is stored once, also if its first attempt fails when its repetition waits already, far behind")
    void lateFailure() {
        f.store.afterAppend = append -> {
            f.store.afterAppend = any -> {};
            f.down();
            IntStream.rangeClosed(0, Conversation.HORIZON).forEach(i -> f.append(ALEX, "x" + i));
            f.append(ALEX, "m1");
            throw new StoreUnavailable("no reply came", null);
        };
        assertThat(f.append(ALEX, "m1")).isInstanceOf(Receipt.Accepted.class);
        f.upAndProbe();

        assertThat(f.store.contents(ALEX)).hasSize(Conversation.HORIZON + 2).containsOnlyOnce("m1");
    }

    @Test
    @DisplayName("much is replayed by several threads, each conversation in its order all the same")
    void muchAtOnce() {
        f.down();
        List<ConversationId> users = IntStream.range(0, 20)
                .mapToObj(i -> ConversationId.of("onboarding", "user" + i))
                .toList();
        List<String> ids = IntStream.range(0, 100).mapToObj(i -> "m" + i).toList();
        ids.forEach(id -> users.forEach(user -> f.append(user, id)));
        f.upAndProbe();
        users.forEach(user -> assertThat(f.store.contents(user)).isEqualTo(ids));
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    @Test
    @DisplayName("of very much 64 conversations are replayed at the same time, as the way to the store may be long")
    void veryMuchAtOnce() {
        f.down();
        IntStream.range(0, 64 * 32).forEach(i -> f.append(ConversationId.of("onboarding", "user" + i % 64), "m" + i));
        CountDownLatch underWay = new CountDownLatch(64);
        f.store.beforeAppend = append -> {
            underWay.countDown();
            await(underWay);
        };
        f.upAndProbe();
        assertThat(f.store.writes).hasSize(64 * 32);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    @Test
    @DisplayName(
            "what waits for one conversation goes to the store 64 messages at a time, as the way there may be long")
    void muchOfOneConversation() {
        f.down();
        List<String> ids = IntStream.range(0, 640).mapToObj(i -> "m" + i).toList();
        ids.forEach(id -> f.append(ALEX, id));
        List<Integer> sizes = sizesOfAppends();
        f.upAndProbe();

        assertThat(sizes).hasSize(10).containsOnly(64);
        assertThat(f.store.contents(ALEX)).isEqualTo(ids);
        assertThat(f.outbox.statistics().replayedMessages()).isEqualTo(640);
    }

    @Test
    @DisplayName("together with what is not struck off yet they are no more than 64 messages")
    void unsettled() {
        f.down();
        f.appendApart(ALEX, IntStream.range(0, 40).mapToObj(i -> "a" + i).toArray(String[]::new));
        IntStream.range(0, 30).forEach(i -> f.append(ALEX, "m" + i));
        List<Integer> sizes = sizesOfAppends();
        f.upAndProbe();

        assertThat(sizes).containsExactly(40, 24, 6);
    }

    /** Ten messages to one conversation; the attempt that failed before was another one's. */
    private List<String> acceptTenUntried() {
        f.down();
        f.append(BO, "b1");
        List<String> ids = IntStream.range(0, 10).mapToObj(i -> "m" + i).toList();
        ids.forEach(id -> f.append(ALEX, id));
        return ids;
    }

    private List<Integer> sizesOfAppends() {
        List<Integer> sizes = new ArrayList<>();
        f.store.beforeAppend = append -> sizes.add(append.messages().size());
        return sizes;
    }

    @Test
    @DisplayName(
            "messages of more than 64 KiB together go to the store apart, so that they get through on a narrow way, too")
    void large() {
        f.down();
        f.append(BO, "b1");
        for (String id : List.of("m1", "m2", "m3")) {
            f.outbox.append(ALEX, Append.of(RETENTION, f.message(id, "x".repeat(30 << 10))));
        }
        List<Integer> sizes = sizesOfAppends();
        f.upAndProbe();

        assertThat(sizes).containsExactly(1, 2, 1);
    }

    @Test
    @DisplayName("what the store refuses together goes to it one by one, and nothing is missing")
    void refusedTogether() {
        List<String> ids = acceptTenUntried();
        List<Integer> sizes = sizesOfAppends();
        f.store.beforeAppend = f.store.beforeAppend.andThen(append -> {
            if (append.messages().size() > 1) {
                throw StoreLimitReached.ofRequest("too large");
            }
        });
        f.upAndProbe();

        assertThat(sizes).containsExactly(1, 10, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(f.store.contents(ALEX)).isEqualTo(ids);
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    @ParameterizedTest(name = "restarted before: {0}, {1}")
    @MethodSource("lostAnswers")
    @DisplayName("what may have been stored together is looked for, one by one, before it is repeated")
    void answerLostTogether(boolean restarted, Throwable lost) {
        acceptTenUntried();
        if (restarted) {
            f.restart();
        }
        f.store.afterAppend = append -> {
            if (append.messages().size() > 1) {
                IntStream.range(0, 200).forEach(i -> f.store.append(ALEX, f.batch("other" + i)));
                throw Fixture.unchecked(lost);
            }
        };
        f.upAndProbe();
        // An error ends the first pass.
        f.outbox.probe();

        assertThat(f.store.contents(ALEX)).hasSize(210).startsWith("m0", "m1").doesNotHaveDuplicates();
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    static Stream<Arguments> lostAnswers() {
        return LookUpTest.lostAnswers().stream()
                .flatMap(lost -> Stream.of(Arguments.of(false, lost), Arguments.of(true, lost)));
    }

    @Test
    @DisplayName("what got stored before this process was killed is found, and the rest goes on together")
    void partlyStored() {
        List<String> ids = acceptTenUntried();
        f.restart();
        f.up();
        f.store.append(ALEX, f.batch("m0"));
        f.store.append(ALEX, f.batch("m1"));
        List<Integer> sizes = sizesOfAppends();
        f.outbox.probe();

        assertThat(sizes).containsExactly(1, 8);
        assertThat(f.store.contents(ALEX)).isEqualTo(ids);
    }

    @Test
    @DisplayName("an append that never gets through in time holds up its conversation only, and waits however long")
    void neverInTime() {
        failFirst(new StoreUnavailable("no answer in time", null));
        f.append(ALEX, "m1");
        f.append(ALEX, "m2");
        f.append(BO, "b1");
        f.outbox.probe();

        assertThat(f.store.contents(BO)).containsExactly("b1");
        assertThat(f.append(BO, "b2")).isInstanceOf(Receipt.Stored.class);
        assertThat(f.outbox.checkHealth().detail())
                .endsWith("what waits for one conversation of agent onboarding is held up: no answer in time");

        f.pass(Duration.ofDays(1));
        f.outbox.probe();
        f.store.beforeAppend = append -> {};
        f.outbox.probe();
        assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
        assertThat(f.outbox.keptAside()).isEmpty();
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    @Test
    @DisplayName("what is held up comes last, so that it cannot take the store from what waits behind it")
    void heldUpLast() {
        failFirst(new StoreUnavailable("no answer in time", null));
        f.append(ALEX, "m1");
        f.outbox.probe();
        f.down();
        f.append(BO, "b1");
        f.store.beforeAppend = append -> {
            if (append.messages().getFirst().id().value().equals("m1")) {
                f.down();
            }
        };
        f.upAndProbe();

        assertThat(f.store.contents(BO)).containsExactly("b1");
        f.store.beforeAppend = append -> {};
        f.upAndProbe();
        assertThat(f.store.contents(ALEX)).containsExactly("m1");
    }

    @Test
    @Timeout(30)
    @DisplayName("nobody waits for the replay of what is held up to make room behind it")
    void noTurnBehindWhatIsHeldUp() {
        f.use(f.settings.probingEvery(Duration.ofMinutes(1)));
        failFirst(new StoreUnavailable("no answer in time", null));
        f.append(ALEX, "m1");
        f.outbox.probe();
        List<Receipt> receipts = new ArrayList<>();
        f.store.beforeRead = (id, range) -> receipts.add(f.append(ALEX, "m" + (2 + receipts.size())));
        f.outbox.probe();

        assertThat(receipts).isNotEmpty().allMatch(Receipt.Accepted.class::isInstance);
    }

    @Test
    @DisplayName("the state is live again")
    void isLiveAgain() {
        f.down();
        f.append(ALEX, "m1");
        f.upAndProbe();
        assertThat(f.read(ALEX).state()).isEqualTo(ConversationView.State.LIVE);
        assertThat(f.append(ALEX, "m2")).isInstanceOf(Receipt.Stored.class);
    }

    @Test
    @DisplayName("nothing is replayed before the probe has noticed, and new messages queue behind")
    void queuesUntilNoticed() {
        f.down();
        f.append(ALEX, "m1");
        f.up();
        assertThat(f.append(ALEX, "m2")).isInstanceOf(Receipt.Accepted.class);
        assertThat(f.store.writes).isEmpty();
        f.outbox.probe();
        assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
    }

    @Test
    @DisplayName("a message that had arrived although the call failed is not doubled")
    void ambiguousFailure() {
        f.store.mode = SwitchedStore.Mode.FAILS_AFTER_WRITING;
        assertThat(f.append(ALEX, "m1")).isInstanceOf(Receipt.Accepted.class);
        f.append(ALEX, "m2");
        f.upAndProbe();
        assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
    }

    @Test
    @DisplayName("nor is it if others have appended more in between than the store looks back")
    void ambiguousFailureBeyondTheHorizon() {
        f.store.mode = SwitchedStore.Mode.FAILS_AFTER_WRITING;
        f.append(ALEX, "m1");
        f.up();
        IntStream.range(0, 200).forEach(i -> f.store.append(ALEX, f.batch("other" + i)));
        f.outbox.probe();
        assertThat(f.store.contents(ALEX)).hasSize(201).containsOnlyOnce("m1");
        assertThat(f.outbox.statistics().degradedSince()).isEmpty();
    }

    @Test
    @DisplayName("and fails again, the replay stops and goes on later, without doubling")
    void failsAgain() {
        f.down();
        f.append(ALEX, "m1");
        f.appendApart(ALEX, "m2");
        f.append(ALEX, "m3");
        f.store.afterAppend = append -> {
            if (append.messages().getFirst().id().value().equals("m2")) {
                throw new StoreUnavailable("cut", null);
            }
        };
        f.upAndProbe();
        assertThat(f.outbox.statistics().waitingMessages()).isEqualTo(2);
        assertThat(shown(f.read(ALEX))).containsExactly("m1", "m2", "m3");
        f.store.afterAppend = append -> {};
        f.outbox.probe();
        assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2", "m3");
        assertThat(f.outbox.statistics().episodes()).isEqualTo(1);
    }

    @Test
    @DisplayName("a failed clear is repeated, and a message behind it stays")
    void failedClear() {
        f.append(ALEX, "m1");
        f.store.mode = SwitchedStore.Mode.FAILS_AFTER_WRITING;
        f.outbox.clear(ALEX);
        f.append(ALEX, "m2");
        f.upAndProbe();
        assertThat(f.store.contents(ALEX)).containsExactly("m2");
    }

    @Nested
    @DisplayName("an entry that the store refuses")
    class Refused {

        @Test
        @DisplayName("for a conflict is kept aside, and what follows in the conversation and elsewhere is replayed")
        void conflict() {
            f.down();
            f.append(ALEX, "m1");
            f.append(ALEX, "m2");
            f.append(BO, "b1");
            f.up();
            f.store.append(ALEX, Append.of(RETENTION, f.message("m1", "somebody else's")));
            f.outbox.probe();
            assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
            assertThat(f.store.contents(BO)).containsExactly("b1");
            assertThat(f.outbox.keptAside()).singleElement().satisfies(kept -> {
                assertThat(kept.entry().number()).isEqualTo(1);
                assertThat(kept.reason()).contains("m1").doesNotContain("content of");
            });
            assertThat(f.outbox.statistics().keptAsideEntries()).isEqualTo(1);
            assertThat(f.outbox.statistics().degradedSince()).isEmpty();
            assertThat(f.journal.entries).isEmpty();
            assertThat(f.journal.kept).containsOnlyKeys(1L);
        }

        @Test
        @DisplayName("for its size is tried again while others go on, and kept aside only after the patience")
        void limit() {
            f.use(f.settings.patientFor(Duration.ofMinutes(1)));
            f.down();
            f.append(ALEX, "m1");
            f.append(ALEX, "m2");
            f.append(BO, "b1");
            failFirst(StoreLimitReached.ofRequest("too large"));
            f.upAndProbe();
            assertThat(f.store.writes).containsExactly("bo:b1");
            assertThat(f.outbox.checkHealth())
                    .isEqualTo(StoreHealth.degraded("degraded since 2026-01-01T00:00:00Z; in the outbox: 2 messages of"
                            + " 1 conversation; what waits for one conversation of agent onboarding is held up:"
                            + " too large"));
            f.pass(Duration.ofSeconds(59));
            f.outbox.probe();
            assertThat(f.outbox.keptAside()).isEmpty();
            f.pass(Duration.ofSeconds(1));
            f.outbox.probe();
            assertThat(f.outbox.keptAside()).hasSize(1);
            assertThat(f.store.contents(ALEX)).containsExactly("m2");
        }

        @Test
        @DisplayName("before a long outage and after it has the whole patience again: the time between does not count")
        void outageBetweenRefusals() {
            f.use(f.settings.patientFor(Duration.ofMinutes(1)));
            f.down();
            f.append(ALEX, "m1");
            failFirst(StoreLimitReached.ofRequest("too large"));
            f.upAndProbe();
            f.down();
            f.append(BO, "b1");
            f.pass(Duration.ofHours(5));
            f.upAndProbe();
            assertThat(f.outbox.keptAside()).isEmpty();
            f.pass(Duration.ofMinutes(1));
            f.outbox.probe();
            assertThat(f.outbox.keptAside()).hasSize(1);
        }

        @Test
        @DisplayName("has the whole patience again when the clock was set back or put forward")
        void clockSet() {
            f.use(f.settings.patientFor(Duration.ofMinutes(1)));
            f.down();
            f.append(ALEX, "m1");
            failFirst(StoreLimitReached.ofRequest("too large"));
            f.upAndProbe();
            f.pass(Duration.ofHours(1));
            f.outbox.probe();
            assertThat(f.outbox.keptAside()).isEmpty();
            f.pass(Duration.ofHours(-1));
            f.outbox.probe();
            f.pass(Duration.ofMinutes(1));
            f.outbox.probe();
            assertThat(f.outbox.keptAside()).hasSize(1);
        }

        @Test
        @DisplayName(
                "for a reason unknown holds up its conversation until it is kept aside; health names its class only")
        void unknown() {
            f.use(f.settings.patientFor(Duration.ofMinutes(1)));
            f.down();
            f.append(ALEX, "m1");
            f.append(BO, "b1");
            f.store.beforeAppend = append -> {
                throw new IllegalStateException("secret");
            };
            f.upAndProbe();
            assertThat(f.outbox.checkHealth().detail())
                    .endsWith("what waits for one conversation of agent onboarding is held up:"
                            + " java.lang.IllegalStateException, and 1 more");

            f.store.beforeAppend = append -> {
                if (append.messages().getFirst().id().value().equals("m1")) {
                    throw new IllegalStateException("secret");
                }
                throw new StoreLimitReached("out of memory", null);
            };
            f.pass(Duration.ofMinutes(1));
            f.outbox.probe();
            assertThat(f.outbox.keptAside())
                    .extracting(KeptAside::reason)
                    .containsExactly("java.lang.IllegalStateException");
            assertThat(f.outbox.checkHealth().detail())
                    .endsWith("held up: java.lang.IllegalStateException")
                    .doesNotContain("more");
        }

        @Test
        @DisplayName("with an error whose causes form a circle is kept aside as any other")
        void circleOfCauses() {
            f.use(f.settings.patientFor(Duration.ZERO));
            RuntimeException first = new RuntimeException("first");
            first.initCause(new RuntimeException("second", first));
            f.down();
            f.append(ALEX, "m1");
            f.append(BO, "b1");
            failFirst(first);
            f.upAndProbe();
            assertThat(f.outbox.keptAside()).hasSize(1);
            assertThat(f.store.contents(BO)).containsExactly("b1");
        }

        @Test
        @DisplayName("for a limit of the store waits until there is room, however long that takes")
        void limitIsLifted() {
            f.use(f.settings.patientFor(Duration.ZERO));
            f.down();
            f.append(ALEX, "m1");
            f.store.beforeAppend = append -> {
                throw new StoreLimitReached("out of memory", null);
            };
            f.upAndProbe();
            f.pass(Duration.ofDays(1));
            f.outbox.probe();
            f.store.beforeAppend = append -> {};
            f.outbox.probe();
            assertThat(f.store.contents(ALEX)).containsExactly("m1");
            assertThat(f.outbox.keptAside()).isEmpty();
        }

        /** Has the store take nothing of a part of the users, as a cluster does of which one node is full. */
        private void fillFor(Predicate<String> part) {
            f.store.beforeAppend = append -> {
                if (part.test(append.messages().getFirst().id().value())) {
                    throw new StoreLimitReached("out of memory", null);
                }
            };
        }

        @Test
        @DisplayName("for a limit of a part of the store, such as one node, holds up what waits for that part only")
        void limitOfAPart() {
            f.down();
            f.append(ALEX, "m1");
            f.append(BO, "b1");
            fillFor(id -> id.startsWith("m"));
            f.upAndProbe();

            assertThat(f.store.contents(BO)).containsExactly("b1");
            assertThat(f.append(BO, "b2")).isInstanceOf(Receipt.Stored.class);
            assertThat(f.append(ALEX, "m2")).isInstanceOf(Receipt.Accepted.class);
            f.pass(Duration.ofDays(1));
            f.outbox.probe();
            assertThat(f.outbox.checkHealth())
                    .isEqualTo(StoreHealth.degraded("degraded since 2026-01-01T00:00:00Z; in the outbox: 2 messages of"
                            + " 1 conversation; what waits for 1 conversation is held up: out of memory"));

            fillFor(id -> false);
            f.outbox.probe();
            assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
            assertThat(f.outbox.keptAside()).isEmpty();
            assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
        }

        @Test
        @DisplayName("for a limit, when nothing else waits, is no refusal of everything once others' saves are stored")
        void limitOfAPartWhileOthersSave() {
            f.down();
            f.append(ALEX, "m1");
            fillFor(id -> id.startsWith("m"));
            f.upAndProbe();
            assertThat(f.outbox.checkHealth())
                    .isEqualTo(StoreHealth.refused("out of memory; in the outbox: 1 message of 1 conversation"));

            assertThat(f.append(BO, "b1")).isInstanceOf(Receipt.Stored.class);
            f.outbox.probe();
            assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.DEGRADED);
        }

        @Test
        @DisplayName("for a limit of the store is no reason to send it all that waits, pass by pass")
        void limitAndVeryMuchWaits() {
            List<ConversationId> users = acceptOneEachOf(1_000);
            fillFor(id -> true);
            for (int i = 0; i < 3; i++) {
                int before = f.store.calls.get();
                f.upAndProbe();
                assertThat(f.store.calls.get() - before).isLessThan(130);
            }
            assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.REFUSED);
            assertThat(f.store.writes).isEmpty();

            fillFor(id -> false);
            f.outbox.probe();
            users.forEach(user -> assertThat(f.store.contents(user)).hasSize(1));
            assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
        }

        @Test
        @DisplayName("for a limit of a part does not keep for good what waits behind very much of that part")
        void limitOfAPartOfWhichVeryMuchWaits() {
            List<ConversationId> users = acceptOneEachOf(400);
            fillFor(id -> true);
            IntStream.range(0, 20).forEach(i -> f.upAndProbe());
            fillFor(id -> !id.equals("m399"));
            IntStream.range(0, 10).forEach(i -> f.outbox.probe());

            assertThat(f.store.contents(users.getLast())).containsExactly("m399");
        }

        private List<ConversationId> acceptOneEachOf(int conversations) {
            List<ConversationId> users = IntStream.range(0, conversations)
                    .mapToObj(i -> ConversationId.of("onboarding", "user" + i))
                    .toList();
            f.down();
            IntStream.range(0, conversations).forEach(i -> f.append(users.get(i), "m" + i));
            return users;
        }

        @Test
        @DisplayName("because nobody is let in any more says so, and nothing else is accepted meanwhile")
        void accessRefusedAfterAnOutage() {
            f.down();
            f.append(ALEX, "m1");
            f.store.mode = SwitchedStore.Mode.REFUSES;
            f.outbox.probe();

            assertThatThrownBy(() -> f.append(BO, "b1")).isInstanceOf(StoreAccessRefused.class);
            assertThat(f.append(ALEX, "m2")).isInstanceOf(Receipt.Accepted.class);
            assertThat(f.outbox.checkHealth())
                    .isEqualTo(StoreHealth.refused("wrong password; in the outbox: 2 messages of 1 conversation"));

            f.upAndProbe();
            assertThat(f.store.contents(ALEX)).containsExactly("m1", "m2");
            assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
        }

        @Test
        @DisplayName(
                "for want of a permission for its agent's keys holds up this agent, at eight calls, and no other one")
        void permissionLacksForOneAgent() {
            ConversationId other = ConversationId.of("support", "cy");
            List<ConversationId> users = IntStream.range(0, 20)
                    .mapToObj(i -> ConversationId.of("onboarding", "user" + i))
                    .toList();
            f.down();
            users.forEach(user -> f.append(user, user.user().value()));
            f.append(other, "c1");
            List<String> asked = new ArrayList<>();
            f.store.beforeAppend = append -> {
                String id = append.messages().getFirst().id().value();
                asked.add(id);
                if (!id.startsWith("c")) {
                    throw new StoreAccessRefused("no permission", null);
                }
            };
            f.upAndProbe();

            assertThat(asked).hasSize(9).startsWith("user0", "user1").endsWith("c1");
            assertThat(f.append(other, "c2")).isInstanceOf(Receipt.Stored.class);
            assertThat(f.append(users.getFirst(), "b2")).isInstanceOf(Receipt.Accepted.class);
            assertThat(f.outbox.checkHealth())
                    .isEqualTo(StoreHealth.degraded("degraded since 2026-01-01T00:00:00Z; in the outbox: 21 messages of"
                            + " 20 conversations; what waits for one conversation of agent onboarding is held up:"
                            + " no permission, and 7 more"));

            f.store.beforeAppend = append -> {};
            f.outbox.probe();
            assertThat(f.store.contents(users.getFirst())).containsExactly("user0", "b2");
            assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);
            assertThat(f.outbox.keptAside()).isEmpty();
        }

        @Test
        @DisplayName("by one node of the store holds up nobody on another one")
        void accessRefusedByOneNode() {
            f.down();
            f.append(ALEX, "refused1");
            f.append(BO, "b1");
            f.append(ALEX, "refused2");
            f.store.beforeAppend = append -> {
                if (append.messages().getFirst().id().value().startsWith("refused")) {
                    throw new StoreAccessRefused("no permission", null);
                }
            };
            f.upAndProbe();

            assertThat(f.store.contents(BO)).containsExactly("b1");
            assertThat(f.append(BO, "b2")).isInstanceOf(Receipt.Stored.class);
            assertThat(f.append(ALEX, "refused3")).isInstanceOf(Receipt.Accepted.class);
        }

        @Test
        @DisplayName("by one node that is mended before another one holds up in the end only those on the other one")
        void accessGivenBack() {
            List<ConversationId> users = IntStream.range(0, 30)
                    .mapToObj(i -> ConversationId.of("onboarding", "user" + i))
                    .toList();
            refuseAccessToAll(users);
            refuseAccessIf(number -> number < 20);
            IntStream.range(0, 10).forEach(pass -> f.outbox.probe());

            assertThat(f.outbox.statistics().waitingMessages()).isEqualTo(20);
        }

        /** After an outage in which each said something, for so many passes that it has been everybody's turn. */
        private void refuseAccessToAll(List<ConversationId> users) {
            f.down();
            users.forEach(user -> f.append(user, user.user().value()));
            refuseAccessIf(number -> true);
            f.upAndProbe();
            IntStream.range(0, 10).forEach(pass -> f.outbox.probe());
        }

        /** Of messages that are named as their users. */
        private void refuseAccessIf(IntPredicate isRefused) {
            f.store.beforeAppend = append -> {
                String name = append.messages().getFirst().id().value();
                if (isRefused.test(Integer.parseInt(name.substring("user".length())))) {
                    throw new StoreAccessRefused("no permission", null);
                }
            };
        }

        @Test
        @DisplayName("by one node that is mended first comes in the end, also if several agents wait for both nodes")
        void accessGivenBackToSeveralAgents() {
            List<ConversationId> users = IntStream.range(0, 60)
                    .mapToObj(i -> ConversationId.of(i < 30 ? "onboarding" : "support", "user" + i))
                    .toList();
            refuseAccessToAll(users);
            refuseAccessIf(number -> number % 30 < 20);
            IntStream.range(0, 20).forEach(pass -> f.outbox.probe());

            assertThat(f.outbox.statistics().waitingMessages()).isEqualTo(40);
        }

        @Test
        @DisplayName("is one of everything only until the store lets this process in, also if one node does not yet")
        void accessGivenBackInPart() {
            f.down();
            f.append(ALEX, "m1");
            for (RuntimeException ofOneNode : List.of(
                    new StoreAccessRefused("no permission", null), new StoreUnavailable("no answer in time", null))) {
                f.store.mode = SwitchedStore.Mode.REFUSES;
                f.outbox.probe();
                assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.REFUSED);

                failFirst(ofOneNode);
                f.upAndProbe();
                assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.DEGRADED);
            }
        }

        @Test
        @DisplayName(
                "for want of a permission, which is given then, and for a conflict later holds up nothing any more")
        void permissionThenConflict() {
            ConversationId other = ConversationId.of("support", "cy");
            f.down();
            f.append(ALEX, "m1");
            f.append(other, "c1");
            failFirst(new StoreAccessRefused("no permission", null));
            f.upAndProbe();
            f.store.beforeAppend = append -> {};
            f.store.append(ALEX, Append.of(RETENTION, f.message("m1", "somebody else's")));
            f.down();
            f.append(other, "c2");
            f.store.beforeAppend = append -> {
                if (append.messages().getFirst().id().value().startsWith("c")) {
                    throw new StoreUnavailable("no answer in time", null);
                }
            };
            f.upAndProbe();

            assertThat(f.outbox.keptAside()).hasSize(1);
            assertThat(f.outbox.checkHealth().detail())
                    .endsWith("what waits for one conversation of agent support is held up: no answer in time");
        }

        @Test
        @DisplayName("because this process is not let in waits until it is")
        void accessRefused() {
            f.use(f.settings.patientFor(Duration.ZERO));
            f.down();
            f.append(ALEX, "m1");
            f.store.beforeAppend = append -> {
                throw new StoreAccessRefused("wrong password", null);
            };
            f.upAndProbe();
            f.pass(Duration.ofDays(1));
            f.outbox.probe();
            assertThat(f.outbox.keptAside()).isEmpty();
            assertThat(f.outbox.statistics().waitingMessages()).isEqualTo(1);
            f.store.beforeAppend = append -> {};
            f.outbox.probe();
            assertThat(f.store.contents(ALEX)).containsExactly("m1");
        }

        @Test
        @DisplayName("for a limit is a refusal of everything again, though it was one of a part in an earlier outage")
        void limitInALaterOutage() {
            f.down();
            f.append(ALEX, "m1");
            f.append(BO, "b1");
            fillFor(id -> id.startsWith("m"));
            f.upAndProbe();
            fillFor(id -> false);
            f.outbox.probe();
            assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.LIVE);

            f.down();
            f.append(ALEX, "m2");
            fillFor(id -> true);
            f.upAndProbe();
            assertThat(f.outbox.checkHealth().status()).isEqualTo(StoreHealth.Status.REFUSED);
        }
    }

    @Test
    @DisplayName("a call that fails while those held up are tried, once each, lets the others come first")
    void failureWhileHeldUpAreTried() {
        List<String> asked = new ArrayList<>();
        Runnable newcomer = () -> {
            if (asked.size() == 1) {
                assertThat(f.append(ConversationId.of("onboarding", "newcomer"), "away"))
                        .isInstanceOf(Receipt.Accepted.class);
                assertThat(f.append(BO, "b1")).isInstanceOf(Receipt.Accepted.class);
            }
        };
        f.store.beforeAppend = append -> {
            String id = append.messages().getFirst().id().value();
            asked.add(id);
            if (id.startsWith("away")) {
                throw new StoreUnavailable("no answer in time", null);
            }
        };
        f.store.beforeRead = (id, range) -> {
            asked.add("read of " + id);
            newcomer.run();
            if (!id.equals(BO)) {
                throw new StoreUnavailable("no answer in time", null);
            }
        };
        IntStream.range(0, 20).forEach(i -> f.append(ConversationId.of("onboarding", "user" + i), "away" + i));
        f.outbox.probe();
        asked.clear();

        f.outbox.probe();

        assertThat(f.store.contents(BO)).containsExactly("b1");
        assertThat(asked.subList(0, asked.indexOf("b1")))
                .containsExactly(
                        "read of onboarding:user0",
                        "away",
                        "read of onboarding:newcomer",
                        "read of onboarding:newcomer",
                        "read of onboarding:newcomer");
    }

    @Test
    @DisplayName("an error that is not an outage passes through in live mode")
    void otherErrorsPass() {
        f.append(ALEX, "m1");
        assertThatThrownBy(() -> f.outbox.append(ALEX, Append.of(RETENTION, f.message("m1", "other"))))
                .isInstanceOf(MessageIdConflict.class);
        assertThat(f.outbox.statistics().episodes()).isZero();
    }

    @Test
    @DisplayName("a thousand messages of one conversation are there once and in order")
    void aThousand() {
        f.down();
        List<String> ids = IntStream.range(0, 1000).mapToObj(i -> "m" + i).toList();
        ids.forEach(id -> f.append(ALEX, id));
        f.upAndProbe();
        assertThat(f.store.contents(ALEX)).isEqualTo(ids);
    }
}
