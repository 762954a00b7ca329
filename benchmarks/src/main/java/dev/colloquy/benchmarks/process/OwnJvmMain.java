package dev.colloquy.benchmarks.process;

import dev.colloquy.benchmarks.contestant.Contestant;
import dev.colloquy.benchmarks.contestant.Lineup;
import dev.colloquy.benchmarks.measure.Causes;
import dev.colloquy.benchmarks.measure.Metric;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.process.OwnJvm.Answer;
import dev.colloquy.benchmarks.server.RedisControl;
import dev.colloquy.benchmarks.workload.Round;
import dev.colloquy.benchmarks.workload.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The JVM of one contestant: reads rounds, one a line, plays each, and writes what came of it. */
public final class OwnJvmMain {

    private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();

    private final Lineup lineup;
    private final Stage stage;
    private @Nullable Contestant contestant;
    private int port;

    private OwnJvmMain(Lineup lineup, Stage stage) {
        this.lineup = lineup;
        this.stage = stage;
    }

    /**
     * Plays until the input ends.
     *
     * @param arguments the contestant, as {@link Lineup} calls it, and the port of its Redis
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        // What a library prints is no answer.
        System.setOut(System.err);
        BufferedReader rounds = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Stage stage = new Stage(new RedisControl(Integer.parseInt(arguments[1])));
        OwnJvmMain here = new OwnJvmMain(Lineup.valueOf(arguments[0]), stage);
        for (String line = rounds.readLine(); line != null; line = rounds.readLine()) {
            answers.println(OwnJvm.line(here.answer(OwnJvm.round(line))));
            answers.flush();
        }
        // Some peers leave threads behind that would keep the process alive.
        System.exit(0);
    }

    private Answer answer(Round round) {
        try {
            long began = System.nanoTime();
            long compiledBefore = COMPILERS.getTotalCompilationTime();
            Sample sample = round.play(at(round.port()), stage);
            double seconds = (System.nanoTime() - began) / 1e9;
            double compiled = COMPILERS.getTotalCompilationTime() - compiledBefore;
            boolean isTimed = sample.has(Metric.THROUGHPUT);
            return new Answer(isTimed ? sample.with(Metric.COMPILING, compiled / seconds) : sample, null);
        } catch (Exception failed) {
            return new Answer(null, Causes.of(failed));
        }
    }

    /** The contestant that reaches its Redis there; one that reaches it elsewhere is closed. */
    private Contestant at(int wanted) {
        if (contestant == null || port != wanted) {
            if (contestant != null) {
                contestant.close();
                contestant = null;
            }
            contestant = lineup.on(wanted);
            port = wanted;
        }
        return contestant;
    }
}
