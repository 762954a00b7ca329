package dev.colloquy.documentation;

import dev.colloquy.adapter.redis.testing.OwnSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as a process of its own, on any free port. */
final class RunningService implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("answers on (http://[0-9.]+:[0-9]+)");

    private final Process process;
    private final String url;

    private RunningService(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it on the in-memory store and waits for its start line. */
    static RunningService inMemory() throws IOException {
        String tested = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = System.getProperty("java.home") + "/bin/java";
        ProcessBuilder builder =
                new ProcessBuilder(java, "-cp", tested, "dev.colloquy.bootstrap.Main").redirectErrorStream(true);
        OwnSettings.removeOthers(builder.environment());
        builder.environment().put("PORT", "0");
        builder.environment().put("COLLOQUY_LOG_FORMAT", "text");
        Process process = builder.start();
        // Ends the reading below if the line never comes.
        CompletableFuture<Void> impatience = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS));
        BufferedReader output = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                impatience.cancel(false);
                return new RunningService(process, address.group(1));
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("the service ended: " + said);
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
