package dev.colloquy.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import dev.colloquy.benchmarks.server.Programs;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a run took place, and with which versions. */
public final class Machine {

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.-]*)\\.jar");
    private static final List<String> NAMED = List.of(
            "redisson",
            "caffeine",
            "jackson-databind",
            "helidon-webserver",
            "netty-common",
            "jedis",
            "lettuce-core",
            "langchain4j",
            "langchain4j-community-redis",
            "spring-ai-model-chat-memory-repository-jdbc",
            "h2",
            "jmh-core");

    private Machine() {}

    /** What there is to say, in the order in which to say it. */
    public static Map<String, String> describe(String redisVersion) throws InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processors", Runtime.getRuntime().availableProcessors() + " × " + processor());
        facts.put("memory", memory());
        facts.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"));
        facts.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
        facts.put("redis", redisVersion);
        facts.put("commit", commit());
        facts.put("load before", load());
        return facts;
    }

    /** The load of the last minute, as the system counts it. */
    public static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", load);
    }

    /** The versions of the libraries that matter, as the class path has them. */
    public static Map<String, String> libraries() {
        Map<String, String> versions = new TreeMap<>();
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> JAR.matcher(Path.of(entry).getFileName().toString()))
                .filter(Matcher::matches)
                .filter(jar -> NAMED.contains(jar.group(1)))
                .forEach(jar -> versions.put(jar.group(1), jar.group(2)));
        return versions;
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }

    private static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? String.format(Locale.ROOT, "%.0f GiB", system.getTotalMemorySize() / (double) (1L << 30))
                : "unknown";
    }

    private static String commit() throws InterruptedException {
        try {
            Duration longest = Duration.ofSeconds(10);
            String commit = Programs.output(longest, List.of("git", "rev-parse", "--short=12", "HEAD"))
                    .strip();
            List<String> changes = List.of("git", "status", "--porcelain", "--untracked-files=no", "--", ":!docs");
            return Programs.output(longest, changes).isBlank() ? commit : commit + " with local changes";
        } catch (IOException noRepository) {
            return "unknown";
        }
    }
}
