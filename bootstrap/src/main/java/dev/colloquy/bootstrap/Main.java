package dev.colloquy.bootstrap;

import dev.colloquy.bootstrap.settings.Settings;
import dev.colloquy.domain.error.InvalidSettings;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Starts the service. It ends with 0 when it was told to stop and did, 1 when it cannot listen or did not stop in time,
 * 2 when an argument or a setting is wrong.
 */
public final class Main {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    // Longer than requests and the outbox are given; shorter than the 30 s after which Kubernetes kills.
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private Main() {}

    /** Runs until the process is told to stop. Everything is set in the environment: there are no arguments. */
    public static void main(String[] args) {
        if (args.length > 0) {
            fail(MISUSED, "colloquy takes no arguments but --help and --version; it is set up by the environment");
        }
        useOwnLogging();
        try {
            Service service = Service.start(Settings.fromEnvironment());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service), "stop"));
            // Only now: who reads this line may tell the process to stop at once.
            service.announce();
        } catch (InvalidSettings e) {
            fail(MISUSED, e.getMessage());
        } catch (UncheckedIOException e) {
            fail(FAILED, e.getMessage());
        }
    }

    /** Not logback.xml, so that programs that embed Colloquy keep their own. */
    private static void useOwnLogging() {
        String property = "logback.configurationFile";
        if (System.getProperty(property) == null) {
            System.setProperty(property, "dev/colloquy/bootstrap/logback.xml");
        }
    }

    /** Halts by itself: after a signal the JVM would end with 143, which looks like a failure. */
    private static void stop(Service service) {
        Thread closing = Thread.ofPlatform().name("closing").start(service::close);
        int status = FAILED;
        try {
            status = closing.join(PATIENCE) ? 0 : FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status);
    }

    private static void fail(int status, @Nullable String message) {
        System.err.println("colloquy: " + message);
        System.exit(status);
    }
}
