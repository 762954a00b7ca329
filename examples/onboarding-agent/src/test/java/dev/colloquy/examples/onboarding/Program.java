package dev.colloquy.examples.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colloquy.adapter.redis.testing.OwnSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java program of this project as a child process, with the class path of the test. */
final class Program implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;
    private final Writer input;

    private Program(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    static Program start(String mainClass, Map<String, String> environment, String... arguments) throws IOException {
        String tested = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(
                List.of(System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1", "-cp", tested));
        command.add(mainClass);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        OwnSettings.removeOthers(builder.environment());
        builder.environment().put("COLLOQUY_LOG_FORMAT", "text");
        builder.environment().putAll(environment);
        return new Program(builder.start());
    }

    /** The onboarding agent for alex. */
    static Program agent(Map<String, String> environment, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--user", "alex"));
        all.addAll(List.of(arguments));
        return start("dev.colloquy.examples.onboarding.Main", environment, all.toArray(String[]::new));
    }

    /** The next line that contains the text. */
    String awaitLine(String text) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("the program ended without saying: " + text);
    }

    /** Types lines. */
    void type(String... lines) throws IOException {
        for (String line : lines) {
            input.write(line + "\n");
        }
        input.flush();
    }

    /** Ends the input, as Ctrl-D does, and gives back the rest of the output. */
    String endInput() throws IOException, InterruptedException {
        input.close();
        StringBuilder rest = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            rest.append(line).append('\n');
        }
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return rest.toString();
    }

    /** Ends it as kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
