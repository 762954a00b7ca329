package dev.colloquy.bootstrap.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The long run by hand: {@code --minutes 10 --seed 1 --runs 1 --svg history.svg}, each of them optional. With {@code
 * --fresh-ids true} the clients repeat calls wrongly, and the verdict has to show it.
 */
final class HistoryCheck {

    private HistoryCheck() {}

    /** Ends with 0 if every promise was kept in every run, 1 otherwise. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        double minutes = Double.parseDouble(options.getOrDefault("--minutes", "10"));
        long seed = Long.parseLong(options.getOrDefault("--seed", Long.toString(System.nanoTime() & 0xffffff)));
        int runs = Integer.parseInt(options.getOrDefault("--runs", "1"));
        Path picture = Path.of(options.getOrDefault("--svg", "target/history.svg"));
        boolean valid = true;
        for (int run = 0; run < runs; run++) {
            Plan plan = Plan.of(seed + run, Duration.ofMillis((long) (minutes * 60_000)));
            if (Boolean.parseBoolean(options.get("--fresh-ids"))) {
                plan = plan.withFreshIds();
            }
            System.out.println("seed " + plan.seed() + ", " + minutes + " minutes");
            try (World world = World.start(2)) {
                Verdict verdict = HistoryRun.run(world, plan, System.out::println);
                System.out.println(verdict);
                Files.writeString(picture, Timeline.of(verdict));
                System.out.println("timeline: " + picture.toAbsolutePath());
                valid &= verdict.anomalies().isEmpty();
            }
        }
        System.exit(valid ? 0 : 1);
    }
}
