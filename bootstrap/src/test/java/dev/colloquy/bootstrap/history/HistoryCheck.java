package dev.colloquy.bootstrap.history;

import dev.colloquy.domain.error.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * The long run by hand: {@code --minutes 10 --seed 1 --runs 1 --svg history.svg}, each of them optional. With {@code
 * --fresh-ids true} the clients repeat calls wrongly, and the verdict has to show it.
 */
final class HistoryCheck {

    private HistoryCheck() {}

    /**
     * Ends with 0 if every promise was kept in every run, 1 if one was not, 2 if an option is wrong, and 3 if a run did not
     * come to an end, so that nothing is known of it.
     */
    public static void main(String[] arguments) {
        try {
            Options options = Options.parse(List.of(arguments), System.nanoTime() & 0xffffff);
            System.exit(run(options) ? 0 : 1);
        } catch (InvalidValue wrong) {
            System.err.println("history-check: " + wrong.getMessage());
            System.exit(2);
        } catch (Exception failed) {
            System.err.println("history-check: a run did not come to an end: " + failed);
            System.exit(3);
        }
    }

    private static boolean run(Options options) throws IOException, InterruptedException {
        boolean valid = true;
        for (int run = 0; run < options.runs(); run++) {
            Plan plan = options.plan(run);
            System.out.println("seed " + plan.seed() + ", " + plan.duration().toMillis() / 60_000.0 + " minutes");
            try (World world = World.start(2)) {
                Verdict verdict = HistoryRun.run(world, plan, System.out::println);
                System.out.println(verdict);
                Files.writeString(options.picture(run), Timeline.of(verdict));
                System.out.println("timeline: " + options.picture(run).toAbsolutePath());
                valid &= verdict.anomalies().isEmpty();
            }
        }
        return valid;
    }
}
