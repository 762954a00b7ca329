package dev.colloquy.bootstrap.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds names that look like settings and are none: a misspelt one would otherwise be ignored in silence. */
final class UnknownNames {

    private static final String PREFIX = "COLLOQUY_";
    private static final String OPEN_TELEMETRY = "OTEL_";

    // Kubernetes puts these into every pod beside a Service called colloquy or colloquy-…
    private static final Pattern OF_A_SERVICE = Pattern.compile(
            PREFIX + "(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");
    private static final Pattern PORT = Pattern.compile(PREFIX + "(.+_)?PORT");
    private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.+");

    private UnknownNames() {}

    static void find(Map<String, String> environment, Map<String, String> file, List<String> mistakes) {
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(PREFIX) && Setting.named(name).isEmpty() && !isOfKubernetes(name, value)) {
                mistakes.add(name + " in the environment is unknown; did you mean " + nearest(name) + "?");
            }
        });
        for (String name : file.keySet()) {
            if (AgentEntry.looksLikeOne(name)) {
                continue;
            }
            if (isOnlyForEnvironment(name)) {
                mistakes.add(name + " stands in the file; allowed: only in the environment");
            } else if (Setting.named(name).isEmpty()) {
                String nearest = nearest(name);
                mistakes.add(
                        isLike(name, nearest)
                                ? name + " in the file is unknown; did you mean " + nearest + "?"
                                : "a name in the file is unknown; it is not shown here, as it may be a part of a value");
            }
        }
    }

    /** Of a port the value decides, as {@code COLLOQUY_PORT=8080} is meant for this service. */
    private static boolean isOfKubernetes(String name, String value) {
        return OF_A_SERVICE.matcher(name).matches()
                || (PORT.matcher(name).matches() && ADDRESS.matcher(value).matches());
    }

    private static boolean isOnlyForEnvironment(String name) {
        return name.startsWith(OPEN_TELEMETRY)
                || Setting.named(name)
                        .filter(setting -> !setting.isAllowedInFile())
                        .isPresent();
    }

    private static String nearest(String name) {
        return Arrays.stream(Setting.values())
                .map(Setting::name)
                .min(Comparator.comparingInt(known -> difference(name, known)))
                .orElseThrow();
    }

    private static boolean isLike(String name, String known) {
        return difference(name, known) <= withoutPrefix(known).length() / 2;
    }

    private static int difference(String name, String known) {
        return distance(withoutPrefix(name.toUpperCase(Locale.ROOT)), withoutPrefix(known));
    }

    /** Not all names have it, and nobody knows by heart which. */
    private static String withoutPrefix(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    /** How many characters have to be inserted, removed or replaced to get from one to the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
