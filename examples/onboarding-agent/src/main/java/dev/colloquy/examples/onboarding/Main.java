package dev.colloquy.examples.onboarding;

import dev.colloquy.bootstrap.Colloquy;
import dev.colloquy.bootstrap.settings.Settings;
import dev.colloquy.domain.error.InvalidSettings;
import dev.colloquy.examples.onboarding.log.ConversationLog;
import dev.colloquy.examples.onboarding.log.EmbeddedLog;
import dev.colloquy.examples.onboarding.log.HttpLog;
import dev.colloquy.examples.onboarding.log.LogFailure;
import dev.colloquy.examples.onboarding.terminal.Dialog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Starts the onboarding agent at the terminal. */
public final class Main {

    private static final String AGENT = "onboarding";

    private Main() {}

    /**
     * Exits with 0 when the interview is over or the input ends, 1 if the log or the input fails, 2 if something has to be
     * mended first: the arguments, the settings, or what Colloquy has against them.
     */
    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        if (args.contains("--help") || args.contains("-h")) {
            out.println(Arguments.USAGE);
            return 0;
        }
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(Arguments.USAGE);
            return 2;
        }
        try (ConversationLog log = open(arguments)) {
            if (arguments.serviceUrl().isEmpty()
                    && Settings.fromEnvironment().redis().isEmpty()) {
                out.println("(There is neither --url nor Redis: when you stop me, I forget what we said.)");
            }
            Reader in = new InputStreamReader(System.in, StandardCharsets.UTF_8);
            new Dialog(log, in, out).run();
            return 0;
        } catch (InvalidSettings e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (LogFailure e) {
            System.err.println(e.getMessage());
            if (!e.mayPass()) {
                return 2;
            }
            System.err.println("Start me again to go on from what was kept.");
            return 1;
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static ConversationLog open(Arguments arguments) {
        return arguments
                .serviceUrl()
                .<ConversationLog>map(
                        service -> new HttpLog(service, System.getenv("ONBOARDING_TOKEN"), AGENT, arguments.user()))
                .orElseGet(() -> new EmbeddedLog(Colloquy.fromEnvironment(), AGENT, arguments.user()));
    }
}
