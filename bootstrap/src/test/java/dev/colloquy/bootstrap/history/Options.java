package dev.colloquy.bootstrap.history;

import dev.colloquy.domain.error.InvalidValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the check was asked to do.
 *
 * @param time how long faults happen, in each run
 * @param seed which faults, in the first run
 * @param runs how many runs, from 1
 * @param picture where to draw the timeline; with several runs, of each of them beside it
 * @param freshIds whether clients repeat calls with other message ids
 */
record Options(Duration time, long seed, int runs, Path picture, boolean freshIds) {

    private static final Map<String, Form> FORMS = Map.of(
            "--minutes", new Form("(?=.*[1-9])[0-9]{1,4}([.][0-9]{1,3})?", "a number above 0, up to 9999.999"),
            "--seed", new Form("-?[0-9]{1,18}", "a whole number of up to 18 digits"),
            "--runs", new Form("[1-9][0-9]{0,3}", "1 to 9999"),
            "--svg", new Form("(?s).+", "a file"),
            "--fresh-ids", new Form("true|false", "true, false"));

    private record Form(String pattern, String allowed) {}

    /**
     * Understands the command line, names and values in turn.
     *
     * @param anySeed the seed where none is given
     * @throws InvalidValue if it is not one, or the timeline cannot be drawn there; the message names the option and what
     *     is allowed
     */
    static Options parse(List<String> arguments, long anySeed) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            Form form = FORMS.get(name);
            if (form == null) {
                throw new InvalidValue("option", name, "what --help lists");
            }
            String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            if (!value.matches(form.pattern())) {
                throw new InvalidValue(name, value, form.allowed());
            }
            given.put(name, value);
        }
        String picture = given.getOrDefault("--svg", "target/history.svg");
        requireWritable(picture);
        double minutes = Double.parseDouble(given.getOrDefault("--minutes", "10"));
        return new Options(
                Duration.ofMillis(Math.round(minutes * 60_000)),
                given.containsKey("--seed") ? Long.parseLong(given.get("--seed")) : anySeed,
                Integer.parseInt(given.getOrDefault("--runs", "1")),
                Path.of(picture),
                given.getOrDefault("--fresh-ids", "false").equals("true"));
    }

    /** Before minutes have passed in vain. */
    private static void requireWritable(String picture) {
        Path file = Path.of(picture).toAbsolutePath();
        Path folder = file.getParent();
        boolean isWritable = Files.exists(file)
                ? Files.isRegularFile(file) && Files.isWritable(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!isWritable) {
            throw new InvalidValue("--svg", picture, "a file that can be written, in a folder that exists");
        }
    }

    /** What to do in a run, counted from 0. */
    Plan plan(int run) {
        Plan plan = Plan.of(seed + run, time);
        return freshIds ? plan.withFreshIds() : plan;
    }

    /** Where to draw the timeline of a run, counted from 0: with its seed in the name if there are several. */
    Path picture(int run) {
        if (runs == 1) {
            return picture;
        }
        String name = String.valueOf(picture.getFileName());
        int end = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        return picture.resolveSibling(name.substring(0, end) + "-" + plan(run).seed() + name.substring(end));
    }
}
