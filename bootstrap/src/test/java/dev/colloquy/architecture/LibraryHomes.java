package dev.colloquy.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Map;

/** Which packages may use which library. What is neither ours, the JDK nor named here may be used nowhere. */
final class LibraryHomes {

    private static final List<String> EVERYWHERE = List.of("java.", "javax.net.", "org.jspecify.", "org.slf4j.");

    /** A library's package prefix, and the packages below the root that may use it. */
    private static final Map<String, List<String>> HOMES = Map.ofEntries(
            Map.entry("com.github.benmanes.caffeine.", List.of("adapter.memory")),
            Map.entry("org.redisson.", List.of("adapter.redis")),
            // The facade's builder takes a client that an agent has already.
            Map.entry("org.redisson.api.RedissonClient", List.of("bootstrap")),
            // What Redisson's connections are made of; only so can one of them be closed that it would go on with.
            Map.entry("io.netty.", List.of("adapter.redis")),
            Map.entry("io.github.resilience4j.", List.of("adapter.redis")),
            Map.entry("com.fasterxml.jackson.", List.of("adapter.redis.json", "adapter.http.json")),
            Map.entry("io.helidon.", List.of("adapter.http")),
            Map.entry("com.nimbusds.", List.of("adapter.http.access")),
            Map.entry("org.h2.", List.of("bootstrap.journal")),
            Map.entry("io.opentelemetry.", List.of("bootstrap.telemetry")),
            Map.entry("io.micrometer.", List.of("bootstrap.telemetry")),
            Map.entry("ch.qos.logback.", List.of("bootstrap.telemetry")),
            // A part of the JDK: how many files a process may have open.
            Map.entry("com.sun.management.", List.of("bootstrap")));

    private LibraryHomes() {}

    static ArchRule rule(String root) {
        return ArchRuleDefinition.classes()
                .should(new ArchCondition<JavaClass>("use a library only at its home") {
                    @Override
                    public void check(JavaClass user, ConditionEvents events) {
                        user.getDirectDependenciesFromSelf().stream()
                                .filter(dependency -> !isAllowed(root, user, dependency))
                                .forEach(dependency ->
                                        events.add(SimpleConditionEvent.violated(user, dependency.getDescription())));
                    }
                })
                .because("there must be one place to replace a library");
    }

    private static boolean isAllowed(String root, JavaClass user, Dependency dependency) {
        String used = dependency.getTargetClass().getBaseComponentType().getName();
        boolean primitive = !used.contains(".");
        return primitive
                || used.startsWith("dev.colloquy.")
                || EVERYWHERE.stream().anyMatch(used::startsWith)
                || HOMES.entrySet().stream()
                        .filter(home -> used.startsWith(home.getKey()))
                        .flatMap(home -> home.getValue().stream())
                        .anyMatch(home -> isBelow(root + "." + home, user.getPackageName()));
    }

    private static boolean isBelow(String home, String packageName) {
        return packageName.equals(home) || packageName.startsWith(home + ".");
    }
}
