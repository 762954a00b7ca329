package dev.colloquy.bootstrap.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Clients append, read and clear while one fault after the other happens; then everything heals and is checked. */
final class HistoryRun {

    private static final long HEAL_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final List<Mishap> MISHAPS = Stream.of(
                    RedisMishaps.all(), NetworkMishaps.all(), ServiceMishaps.all())
            .flatMap(List::stream)
            .toList();

    private final Plan plan;
    private final Consumer<String> progress;
    private final Topics topics;
    private final Recorder recorder = new Recorder();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Span> faults = new ArrayList<>();

    private HistoryRun(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.topics = new Topics("run" + plan.seed(), plan.seed());
        this.progress = progress;
    }

    /**
     * Makes a run.
     *
     * @param world where; it is well again afterwards, for a run with another seed
     * @param progress is told about each fault
     * @throws IllegalStateException if the services do not recover or clients do not come to an end
     */
    static Verdict run(World world, Plan plan, Consumer<String> progress) throws InterruptedException {
        return new HistoryRun(plan, progress).run(world);
    }

    private Verdict run(World world) throws InterruptedException {
        CountDownLatch healed = new CountDownLatch(1);
        try {
            return run(world, healed);
        } finally {
            // Whatever went wrong: threads that nobody ends would keep the process.
            ended.countDown();
            healed.countDown();
        }
    }

    private Verdict run(World world, CountDownLatch healed) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(plan.seed());
        long begin = Recorder.now();
        List<Monitor> monitors = new ArrayList<>();
        List<Thread> watchers = new ArrayList<>();
        for (ServiceProcess service : world.services()) {
            Monitor monitor = new Monitor(service.endpoint(), healed);
            monitors.add(monitor);
            watchers.add(Thread.ofPlatform().name("monitor").start(monitor));
        }
        List<Thread> clients = startClients(world, random);
        letFaultsHappen(world, random.split(), begin);
        ended.countDown();
        join(clients);
        awaitReady(world);
        healed.countDown();
        join(watchers);
        History history = new History(recorder.operations(), readFinals(world));
        List<List<Span>> states = monitors.stream().map(Monitor::spans).toList();
        return new Verdict(plan.seed(), begin, history, HistoryChecker.check(history), faults, states);
    }

    private List<Thread> startClients(World world, SplittableRandom random) {
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < plan.clients(); number++) {
            int process = number % world.services().size();
            Endpoint endpoint = world.services().get(process).endpoint();
            Client client =
                    new Client(number, process, endpoint, topics, recorder, random.split(), ended, plan.freshIds());
            threads.add(Thread.ofPlatform().name("client-" + number).start(client));
        }
        return threads;
    }

    private void letFaultsHappen(World world, RandomGenerator random, long begin) throws InterruptedException {
        long end = Recorder.now() + plan.duration().toNanos();
        List<Mishap> left = new ArrayList<>();
        while (Recorder.now() < end) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(plan.quietMillis() / 5, plan.quietMillis()));
            if (left.isEmpty()) {
                // Each kind comes once before any comes again.
                left.addAll(MISHAPS);
            }
            Mishap mishap = left.remove(random.nextInt(left.size()));
            long from = Recorder.now();
            mishap.script()
                    .play(
                            world,
                            (atLeast, atMost) -> TimeUnit.MILLISECONDS.sleep(random.nextInt(atLeast, atMost)),
                            random);
            Span span = new Span(mishap.name(), from, Recorder.now());
            faults.add(span);
            progress.accept(String.format(
                    Locale.ROOT,
                    "%6.1f s  %s for %.1f s",
                    new Span("", begin, from).seconds(),
                    span.name(),
                    span.seconds()));
        }
    }

    private static void awaitReady(World world) throws InterruptedException {
        long giveUp = Recorder.now() + HEAL_NANOS;
        for (ServiceProcess service : world.services()) {
            while (!service.endpoint().state().equals("ready")) {
                if (Recorder.now() > giveUp) {
                    throw new IllegalStateException("a service did not recover: "
                            + service.endpoint().get("/health/ready") + "\n" + service.log());
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    /** What each conversation holds, as every process sees it; a process that sees another end shows as an anomaly. */
    private Map<String, List<Entry>> readFinals(World world) {
        Map<String, List<Entry>> finals = new HashMap<>();
        for (String conversation : topics.all()) {
            for (int process = 0; process < world.services().size(); process++) {
                long begin = Recorder.now();
                Optional<Endpoint.Sight> sight =
                        world.services().get(process).endpoint().read(conversation);
                if (sight.isEmpty() || !sight.get().live()) {
                    throw new IllegalStateException("no live answer after healing for " + conversation);
                }
                Operation.Call call = new Operation.Call(-2, process, conversation, begin, Recorder.now());
                recorder.add(new Operation.Read(call, true, sight.get().entries()));
                finals.put(conversation, sight.get().entries());
            }
        }
        return finals;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(120));
            if (thread.isAlive()) {
                throw new IllegalStateException(thread.getName() + " does not come to an end");
            }
        }
    }
}
