package dev.colloquy.benchmarks.workload;

import dev.colloquy.benchmarks.contestant.Contestant;
import dev.colloquy.benchmarks.contestant.Said;
import dev.colloquy.benchmarks.load.Action;
import dev.colloquy.benchmarks.load.Callers;
import dev.colloquy.benchmarks.load.Callers.Threads;
import dev.colloquy.benchmarks.measure.Runner;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.measure.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/** What is asked of every contestant: append, append a turn, read, chat. */
public final class StoreWorkloads {

    private static final int CONVERSATIONS = 1000;
    private static final int LENGTH = 20;
    private static final int SHORT = 100;
    private static final int LONG = 4096;

    private final Runner runner;
    private final Settings settings;
    private final Stage stage;
    private final String suffix;

    /**
     * @param runner takes the rounds
     * @param settings how long and how often
     * @param stage sets the conversations up
     */
    public StoreWorkloads(Runner runner, Settings settings, Stage stage) {
        this(runner, settings, stage, "");
    }

    private StoreWorkloads(Runner runner, Settings settings, Stage stage, String suffix) {
        this.runner = runner;
        this.settings = settings;
        this.stage = stage;
        this.suffix = suffix;
    }

    /** The same with virtual threads as callers, which the names say. */
    public StoreWorkloads onVirtualThreads() {
        return new StoreWorkloads(runner, settings.withThreads(Threads.VIRTUAL), stage, Workload.ON_VIRTUAL_THREADS);
    }

    /** Everybody appends and reads for a while, and nothing is recorded. */
    public void rehearse(int callers, List<Contestant> contestants) {
        Said said = Said.question(SHORT);
        Callers busy = settings.withTime(settings.rehearsal()).callers(callers);
        runner.rehearse(
                "rehearsal",
                contestants.stream()
                        .map(it -> new Trial(it.name(), () -> stage.set(it, CONVERSATIONS, usual(SHORT)), () -> {
                            busy.closedLoop((caller, random) ->
                                    expect(it, LENGTH, each -> each.readLast(anyUser(random), LENGTH)));
                            return busy.closedLoop((caller, random) -> it.append(anyUser(random), said));
                        }))
                        .toList());
    }

    /** One message at a time, short ones. */
    public void append(int callers, List<Contestant> contestants) throws Exception {
        append(Workload.append(callers, SHORT), callers, SHORT, contestants);
    }

    /** One message at a time, long ones. */
    public void appendLong(int callers, List<Contestant> contestants) throws Exception {
        append(Workload.append(callers, LONG), callers, LONG, contestants);
    }

    /** One message at a time over a network that is described by {@code where}. */
    public void appendOver(String where, int callers, List<Contestant> contestants) throws Exception {
        append(Workload.appendOver(where, callers), callers, SHORT, contestants);
    }

    /** One caller, conversations of several lengths; the longer the fewer, so that they stay about that long. */
    public void appendTo(List<Integer> lengths, List<Contestant> contestants) throws Exception {
        Said said = Said.question(SHORT);
        List<Trial> trials = new ArrayList<>();
        for (int length : lengths) {
            int conversations = Math.clamp(100_000 / length, 1, CONVERSATIONS);
            List<Said> before = Said.conversation(length, SHORT);
            for (Contestant it : contestants) {
                trials.add(new Trial(
                        Workload.atLength(it.name(), length),
                        () -> stage.set(it, conversations, before),
                        () -> settings.callers(1)
                                .closedLoop((caller, random) ->
                                        it.append(stage.user(random.nextInt(conversations)), said))));
            }
        }
        runner.run(Workload.LENGTH, trials);
    }

    /** The two messages of a turn. */
    public void turn(int callers, List<Contestant> contestants) throws Exception {
        Said question = Said.question(SHORT);
        Said answer = Said.answer(SHORT);
        closedLoop(
                Workload.turn(callers),
                callers,
                contestants,
                usual(SHORT),
                contestant -> (caller, random) -> contestant.appendTurn(anyUser(random), question, answer));
    }

    /** The latest 20 messages. */
    public void read(int callers, List<Contestant> contestants) throws Exception {
        closedLoop(
                Workload.read(callers),
                callers,
                contestants,
                usual(SHORT),
                contestant ->
                        (caller, random) -> expect(contestant, LENGTH, it -> it.readLast(anyUser(random), LENGTH)));
    }

    /** A chat: turns begin at a fixed rate; each reads the latest 20 messages and appends two. */
    public void chat(int callers, int perSecond, List<Contestant> contestants) throws Exception {
        Said question = Said.question(SHORT);
        Said answer = Said.answer(SHORT);
        openLoop(Workload.chat(perSecond), callers, perSecond, contestants, contestant -> (caller, random) -> {
            String user = anyUser(random);
            expect(contestant, LENGTH, it -> it.readLast(user, LENGTH));
            contestant.appendTurn(user, question, answer);
        });
    }

    /** Single messages that arrive at a fixed rate. */
    public void appendAtRate(int callers, int perSecond, List<Contestant> contestants) throws Exception {
        Said said = Said.question(SHORT);
        openLoop(
                Workload.appendAtRate(perSecond),
                callers,
                perSecond,
                contestants,
                contestant -> (caller, random) -> contestant.append(anyUser(random), said));
    }

    private interface Actions {
        Action of(Contestant contestant);
    }

    private void append(String workload, int callers, int bytes, List<Contestant> contestants) throws Exception {
        Said said = Said.question(bytes);
        closedLoop(
                workload,
                callers,
                contestants,
                usual(bytes),
                contestant -> (caller, random) -> contestant.append(anyUser(random), said));
    }

    private void closedLoop(
            String workload, int callers, List<Contestant> contestants, List<Said> before, Actions actions)
            throws Exception {
        runner.run(
                workload + suffix,
                contestants.stream()
                        .map(it -> new Trial(
                                it.name(),
                                () -> stage.set(it, CONVERSATIONS, before),
                                () -> settings.callers(callers).closedLoop(actions.of(it))))
                        .toList());
    }

    private void openLoop(String workload, int callers, int perSecond, List<Contestant> contestants, Actions actions)
            throws Exception {
        runner.run(
                workload + suffix,
                contestants.stream()
                        .map(it -> new Trial(
                                it.name(),
                                () -> stage.set(it, CONVERSATIONS, usual(SHORT)),
                                () -> openLoop(callers, perSecond, actions.of(it))))
                        .toList());
    }

    private Sample openLoop(int callers, int perSecond, Action action) throws InterruptedException, ExecutionException {
        return settings.callers(callers).openLoop(perSecond, action);
    }

    private static List<Said> usual(int bytes) {
        return Said.conversation(LENGTH, bytes);
    }

    private String anyUser(RandomGenerator random) {
        return stage.user(random.nextInt(CONVERSATIONS));
    }

    private static void expect(Contestant contestant, int wanted, ToIntFunction<Contestant> read) {
        int found = read.applyAsInt(contestant);
        if (found != wanted) {
            throw new IllegalStateException(contestant.name() + " gave " + found + " messages, not " + wanted);
        }
    }
}
