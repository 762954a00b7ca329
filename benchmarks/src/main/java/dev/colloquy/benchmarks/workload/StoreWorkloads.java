package dev.colloquy.benchmarks.workload;

import dev.colloquy.benchmarks.load.Callers.Threads;
import dev.colloquy.benchmarks.measure.Runner;
import dev.colloquy.benchmarks.measure.Trial;
import dev.colloquy.benchmarks.workload.Round.Work;
import java.util.ArrayList;
import java.util.List;

/** What is asked of every contestant: append, append a turn, read, chat. */
public final class StoreWorkloads {

    private final Runner runner;
    private final Settings settings;
    private final int port;
    private final String suffix;

    /**
     * @param runner takes the rounds
     * @param settings how long and how often
     * @param port where the server is
     */
    public StoreWorkloads(Runner runner, Settings settings, int port) {
        this(runner, settings, port, "");
    }

    private StoreWorkloads(Runner runner, Settings settings, int port, String suffix) {
        this.runner = runner;
        this.settings = settings;
        this.port = port;
        this.suffix = suffix;
    }

    /** The same with virtual threads as callers, which the names say. */
    public StoreWorkloads onVirtualThreads() {
        return new StoreWorkloads(runner, settings.withThreads(Threads.VIRTUAL), port, Workload.ON_VIRTUAL_THREADS);
    }

    /** Everybody reads and appends for a while, and nothing is counted. */
    public void rehearse(int callers, List<Player> players) {
        Load busy = settings.withTime(settings.rehearsal()).load(callers);
        for (Work work : List.of(Work.READ, Work.APPEND)) {
            runner.rehearse(
                    "rehearsal: " + (work == Work.READ ? "reads" : "appends") + suffix,
                    settings.mostRehearsals(),
                    trials(new Round(work, port, Scene.USUAL, busy), players));
        }
    }

    /** One message at a time, short ones. */
    public void append(int callers, List<Player> players) {
        run(Workload.append(callers, Scene.USUAL.bytes()), Work.APPEND, Scene.USUAL, settings.load(callers), players);
    }

    /** One message at a time, long ones. */
    public void appendLong(int callers, List<Player> players) {
        Scene scene = Scene.LONG_MESSAGES;
        run(Workload.append(callers, scene.bytes()), Work.APPEND, scene, settings.load(callers), players);
    }

    /** One message at a time over a network that is described by {@code where}. */
    public void appendOver(String where, int callers, List<Player> players) {
        run(Workload.appendOver(where, callers), Work.APPEND, Scene.USUAL, settings.load(callers), players);
    }

    /** One caller, conversations of several lengths; the longer the fewer, so that they stay about that long. */
    public void appendTo(List<Integer> lengths, List<Player> players) {
        List<Trial> trials = new ArrayList<>();
        for (int length : lengths) {
            int conversations = Math.clamp(100_000 / length, 1, Scene.USUAL.conversations());
            Scene scene = new Scene(conversations, length, Scene.USUAL.bytes());
            Round round = new Round(Work.APPEND, port, scene, settings.load(1));
            players.forEach(player -> trials.add(trial(Workload.atLength(player.title(), length), round, player)));
        }
        runner.run(Workload.LENGTH, trials);
    }

    /** The two messages of a turn. */
    public void turn(int callers, List<Player> players) {
        run(Workload.turn(callers), Work.TURN, Scene.USUAL, settings.load(callers), players);
    }

    /** The latest 20 messages. */
    public void read(int callers, List<Player> players) {
        run(Workload.read(callers), Work.READ, Scene.USUAL, settings.load(callers), players);
    }

    /** A chat: turns begin at a fixed rate; each reads the latest 20 messages and appends two. */
    public void chat(int callers, int perSecond, List<Player> players) {
        Load load = settings.load(callers).atRate(perSecond);
        run(Workload.chat(perSecond), Work.CHAT, Scene.USUAL, load, players);
    }

    /** Single messages that arrive at a fixed rate. */
    public void appendAtRate(int callers, int perSecond, List<Player> players) {
        Load load = settings.load(callers).atRate(perSecond);
        run(Workload.appendAtRate(perSecond), Work.APPEND, Scene.USUAL, load, players);
    }

    private void run(String workload, Work work, Scene scene, Load load, List<Player> players) {
        runner.run(workload + suffix, trials(new Round(work, port, scene, load), players));
    }

    static List<Trial> trials(Round round, List<Player> players) {
        return players.stream()
                .map(player -> trial(player.title(), round, player))
                .toList();
    }

    private static Trial trial(String name, Round round, Player player) {
        return new Trial(name, () -> {}, () -> player.play(round));
    }
}
