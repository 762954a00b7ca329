package dev.colloquy.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Deadlines")
class DeadlinesTest {

    private final List<Runnable> started = new ArrayList<>();

    @Test
    @DisplayName("are looked at by one thread, until for a while there were no calls")
    void oneAtATime() {
        Deadlines deadlines = new Deadlines(started::add);
        List<Boolean> looks = new ArrayList<>(List.of(true, true, false, true));
        deadlines.watch(nanoTime -> !looks.isEmpty() && looks.removeFirst());
        deadlines.callCame();
        deadlines.callCame();
        assertThat(started).hasSize(1);

        started.removeFirst().run();
        assertThat(looks).isEmpty();
        deadlines.callCame();
        assertThat(started).hasSize(1);
    }

    @Test
    @DisplayName("are looked at on, if a call came just when nobody seemed to be there")
    void lastMoment() {
        Deadlines deadlines = new Deadlines(started::add);
        List<Boolean> looks = new ArrayList<>();
        deadlines.watch(nanoTime -> {
            boolean some = looks.size() == 20;
            looks.add(some);
            return some;
        });
        deadlines.callCame();
        started.removeFirst().run();

        assertThat(looks).hasSizeGreaterThan(40);
        assertThat(started).isEmpty();
    }

    @Test
    @DisplayName("are looked at in all places")
    void everywhere() throws InterruptedException {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Deadlines deadlines = new Deadlines(threads);
            CountDownLatch looked = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                deadlines.watch(nanoTime -> {
                    looked.countDown();
                    return false;
                });
            }
            deadlines.callCame();
            assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @DisplayName("cannot be looked at once the store is closed, and each call is told so")
    void closed() {
        Deadlines deadlines = new Deadlines(work -> {
            throw new RejectedExecutionException("closed");
        });
        assertThatThrownBy(deadlines::callCame).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(deadlines::callCame).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    @DisplayName("are looked at again after an error, there and in the other places")
    void error() {
        Deadlines deadlines = new Deadlines(started::add);
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger looksElsewhere = new AtomicInteger();
        deadlines.watch(nanoTime -> {
            if (looks.incrementAndGet() == 1) {
                throw new LinkageError("for the test");
            }
            return false;
        });
        deadlines.watch(nanoTime -> looksElsewhere.incrementAndGet() < 0);
        deadlines.callCame();
        started.removeFirst().run();

        assertThat(looks).hasValueGreaterThan(20);
        assertThat(looksElsewhere).hasValue(looks.get());
        deadlines.callCame();
        assertThat(started).hasSize(1);
    }

    @Test
    @DisplayName("are looked at as soon as there is a thread for it, if there was none")
    void noThread() {
        AtomicBoolean threads = new AtomicBoolean();
        Deadlines deadlines = new Deadlines(work -> {
            if (!threads.get()) {
                // Really an OutOfMemoryError, with which JUnit would end all tests.
                throw new InternalError("no thread");
            }
            started.add(work);
        });
        assertThatThrownBy(deadlines::callCame).isInstanceOf(InternalError.class);
        threads.set(true);
        deadlines.callCame();

        assertThat(started).hasSize(1);
    }
}
