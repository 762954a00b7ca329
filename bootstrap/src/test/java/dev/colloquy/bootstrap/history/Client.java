package dev.colloquy.bootstrap.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * One client: it talks to one process, one call at a time, and repeats a call of unknown outcome with the same message
 * ids until it knows. Only then does it go on. Now and then it also repeats what it knows. Where it gives no ids it makes
 * one attempt, and may never know.
 */
final class Client implements Runnable {

    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int PAUSE_MILLIS = 20;

    private final int number;
    private final int process;
    private final Endpoint endpoint;
    private final Topics topics;
    private final Recorder recorder;
    private final RandomGenerator random;
    private final CountDownLatch stop;
    private final boolean freshIds;
    private int said;
    private int attempts;

    /**
     * A client.
     *
     * @param stop ends it, once the outcome of its last call is known
     * @param freshIds whether it wrongly repeats a call with other message ids
     */
    Client(
            int number,
            int process,
            Endpoint endpoint,
            Topics topics,
            Recorder recorder,
            RandomGenerator random,
            CountDownLatch stop,
            boolean freshIds) {
        this.number = number;
        this.process = process;
        this.endpoint = endpoint;
        this.topics = topics;
        this.recorder = recorder;
        this.random = random;
        this.stop = stop;
        this.freshIds = freshIds;
    }

    @Override
    public void run() {
        try {
            while (!stop.await(random.nextInt(PAUSE_MILLIS), TimeUnit.MILLISECONDS)) {
                String conversation = topics.pick(random);
                int dice = random.nextInt(100);
                if (dice < 18) {
                    read(conversation);
                } else if (dice < 21 && Topics.mayBeCleared(conversation)) {
                    clear(conversation);
                } else if (dice < 23) {
                    appendTooLarge(conversation);
                } else {
                    append(conversation, dice < 33 ? 2 + random.nextInt(3) : 1);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void append(String conversation, int size) throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            names.add(nextName());
        }
        if (Topics.isWithoutIds(conversation)) {
            attempt(conversation, names, name -> Optional.empty());
            return;
        }
        Attempt attempt = () -> {
            String suffix = freshIds ? "-" + attempts++ : "";
            return attempt(conversation, names, name -> Optional.of(name + suffix));
        };
        settle(attempt);
        // Some repeat what was answered, too: they were killed before they could note it.
        if (random.nextInt(8) == 0) {
            settle(attempt);
        }
    }

    private Outcome attempt(String conversation, List<String> names, Function<String, Optional<String>> id) {
        List<Endpoint.Said> batch = names.stream()
                .map(name -> new Endpoint.Said(id.apply(name), name))
                .toList();
        long begin = Recorder.now();
        Outcome outcome = endpoint.append(conversation, batch);
        recorder.add(new Operation.Append(call(conversation, begin), names, outcome));
        return outcome;
    }

    private void appendTooLarge(String conversation) throws InterruptedException {
        String name = nextName();
        settle(() -> {
            long begin = Recorder.now();
            Outcome outcome = endpoint.appendTooLarge(conversation, Endpoint.Said.as(name));
            recorder.add(new Operation.Append(call(conversation, begin), List.of(name), outcome));
            return outcome;
        });
    }

    private void clear(String conversation) throws InterruptedException {
        long clear = recorder.nextClear();
        settle(() -> {
            long begin = Recorder.now();
            Outcome outcome = endpoint.clear(conversation);
            recorder.add(new Operation.Clear(call(conversation, begin), clear, outcome));
            return outcome;
        });
    }

    private void read(String conversation) {
        long begin = Recorder.now();
        endpoint.read(conversation)
                .ifPresent(sight ->
                        recorder.add(new Operation.Read(call(conversation, begin), sight.live(), sight.entries())));
    }

    private interface Attempt {
        Outcome make();
    }

    private void settle(Attempt attempt) throws InterruptedException {
        long giveUp = Recorder.now() + SETTLE_NANOS;
        while (attempt.make() instanceof Outcome.Unknown && Recorder.now() < giveUp) {
            TimeUnit.MILLISECONDS.sleep(20 + random.nextInt(80));
        }
    }

    private String nextName() {
        return "c" + number + "-" + said++;
    }

    private Operation.Call call(String conversation, long begin) {
        return new Operation.Call(number, process, conversation, begin, Recorder.now());
    }
}
