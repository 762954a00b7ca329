package dev.colloquy.bootstrap;

import dev.colloquy.adapter.http.access.NewToken;
import dev.colloquy.bootstrap.telemetry.ConsoleLog;
import dev.colloquy.domain.error.InvalidSettings;
import dev.colloquy.domain.error.InvalidValue;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Starts the service. Once it has started, it ends with 0 when it was told to stop and did; a signal before that ends the
 * JVM as it ends any. It ends with 1 when it cannot listen, or failed to stop or did not in time, 2 when an argument or a
 * setting is wrong, 3 when a thread on which all depends has ended for lack of memory.
 */
public final class Main {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    // Longer than requests and the outbox are given; shorter than the 30 s after which Kubernetes kills.
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private Main() {}

    /** Runs until the process is told to stop, set up by the environment; or makes a token, the one command there is. */
    public static void main(String[] args) {
        useOwnLogging();
        Thread.setDefaultUncaughtExceptionHandler(new LastResort(Main::halt));
        try {
            if (args.length > 0) {
                command(args);
                return;
            }
            Service service = Service.start(System.getenv());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> halt(stop(service::close)), "stop"));
            // Only now: who reads this line may tell the process to stop at once.
            service.announce();
        } catch (InvalidSettings | InvalidValue e) {
            fail(MISUSED, e.getMessage());
        } catch (UncheckedIOException e) {
            fail(FAILED, e.getMessage());
        }
    }

    private static void command(String[] args) {
        if (args.length != 4 || !args[0].equals("new-token")) {
            fail(
                    MISUSED,
                    "the service is set up by the environment and takes no arguments; the one command is:"
                            + " new-token NAME AGENTS SCOPES, such as: new-token ci onboarding,support read,write");
        }
        NewToken made = NewToken.make(args[1], args[2], args[3], new SecureRandom());
        System.out.println("token, shown only now: " + made.token());
        System.out.println("line for the file of COLLOQUY_TOKENS_FILE:");
        System.out.println(made.line());
        if (System.out.checkError()) {
            fail(FAILED, "cannot write the token to the standard output, so there is none: make another");
        }
    }

    private static void useOwnLogging() {
        if (System.getProperty("logback.configurationFile") != null) {
            return;
        }
        String format = System.getenv().getOrDefault("COLLOQUY_LOG_FORMAT", "auto");
        String level = System.getenv().getOrDefault("COLLOQUY_LOG_LEVEL", "info");
        // The launcher knows whether there is a terminal; Java only since 22.
        boolean text = format.equals("text") || (!format.equals("json") && Boolean.getBoolean("colloquy.terminal"));
        if (text) {
            ConsoleLog.useText(level);
        } else {
            ConsoleLog.useJson(level);
        }
    }

    /** Gives back the status to halt with: after a signal the JVM would end with 143, which looks like a failure. */
    static int stop(Runnable close) {
        AtomicBoolean closed = new AtomicBoolean();
        Thread closing = Thread.ofPlatform().name("closing").start(() -> {
            close.run();
            closed.set(true);
        });
        try {
            return closing.join(PATIENCE) && closed.get() ? 0 : FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static void halt(int status) {
        try {
            ConsoleLog.finish();
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }

    private static void fail(int status, @Nullable String message) {
        ConsoleLog.finish();
        System.err.println("colloquy: " + message);
        System.exit(status);
    }
}
