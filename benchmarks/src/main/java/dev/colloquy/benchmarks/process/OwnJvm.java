package dev.colloquy.benchmarks.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.colloquy.adapter.redis.testing.Leftovers;
import dev.colloquy.adapter.redis.testing.OwnSettings;
import dev.colloquy.benchmarks.contestant.Lineup;
import dev.colloquy.benchmarks.measure.Sample;
import dev.colloquy.benchmarks.workload.Player;
import dev.colloquy.benchmarks.workload.Round;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A contestant in a JVM of its own, as its users run it: what Java compiles for one has nothing to do with what the others
 * call. It lasts from round to round, so that Java compiles each once. Stopped by {@link #close}.
 */
public final class OwnJvm implements Player, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lineup contestant;
    private final Process process;
    private final Writer rounds;
    private final BufferedReader answers;

    /** What came of a round: either a sample, or why there is none. */
    record Answer(@Nullable Sample sample, @Nullable String failure) {}

    private OwnJvm(Lineup contestant, Process process) {
        this.contestant = contestant;
        this.process = process;
        rounds = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts the JVM; the contestant waits for its first round.
     *
     * @param port where its Redis is, reached without detour
     */
    public static OwnJvm of(Lineup contestant, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(JavaServer.java(
                        "-Dlogback.configurationFile=dev/colloquy/benchmarks/logback.xml",
                        OwnJvmMain.class.getName(),
                        contestant.name(),
                        Integer.toString(port)))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        OwnSettings.removeOthers(builder.environment());
        return new OwnJvm(contestant, Leftovers.start(builder));
    }

    @Override
    public String title() {
        return contestant.title();
    }

    @Override
    public Sample play(Round round) throws IOException {
        rounds.write(JSON.writeValueAsString(round) + "\n");
        rounds.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("its JVM has ended");
        }
        Answer answer = JSON.readValue(line, Answer.class);
        if (answer.sample() == null) {
            throw new IOException(answer.failure());
        }
        return answer.sample();
    }

    static Round round(String line) throws JsonProcessingException {
        return JSON.readValue(line, Round.class);
    }

    static String line(Answer answer) throws JsonProcessingException {
        return JSON.writeValueAsString(answer);
    }

    @Override
    public void close() {
        // Not asked to close its connections: some peers cannot, and nobody measures it.
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
