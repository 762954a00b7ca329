package dev.colloquy.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import java.util.Map;
import java.util.Set;

/** Calls whose result depends on when, where and by chance, rather than on their arguments. */
final class AmbientInputs {

    /** Class to methods; an empty set stands for every method and constructor. */
    private static final Map<String, Set<String>> AMBIENT = Map.ofEntries(
            Map.entry(
                    "java.lang.System",
                    Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "getProperties")),
            Map.entry("java.lang.Boolean", Set.of("getBoolean")),
            Map.entry("java.lang.Integer", Set.of("getInteger")),
            Map.entry("java.lang.Long", Set.of("getLong")),
            Map.entry("java.lang.Runtime", Set.of("getRuntime")),
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry("java.lang.StrictMath", Set.of("random")),
            Map.entry("java.time.Clock", Set.of()),
            Map.entry("java.time.InstantSource", Set.of("system")),
            Map.entry("java.util.Random", Set.of()),
            Map.entry("java.util.SplittableRandom", Set.of()),
            Map.entry("java.util.random.RandomGenerator", Set.of("getDefault", "of")),
            Map.entry("java.security.SecureRandom", Set.of()),
            Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of()),
            Map.entry("java.util.UUID", Set.of("randomUUID")),
            Map.entry("java.util.Locale", Set.of("getDefault")),
            Map.entry("java.util.TimeZone", Set.of("getDefault")),
            Map.entry("java.time.ZoneId", Set.of("systemDefault")),
            Map.entry("java.nio.charset.Charset", Set.of("defaultCharset")),
            Map.entry("java.util.Calendar", Set.of("getInstance")),
            Map.entry("java.util.GregorianCalendar", Set.of()),
            Map.entry("java.util.Collections", Set.of("shuffle")),
            Map.entry("java.util.Date", Set.of()));

    /** Methods of String that use the default locale or charset unless they are given one. */
    private static final Map<String, String> AMBIENT_WITHOUT = Map.of(
            "toLowerCase", "java.util.Locale",
            "toUpperCase", "java.util.Locale",
            "format", "java.util.Locale",
            "formatted", "java.util.Locale",
            "getBytes", "java.nio.charset.Charset");

    /** A call, or a reference to what is called later. */
    static final DescribedPredicate<JavaAccess<?>> AMBIENT_CALL = DescribedPredicate.describe(
            "the result depends on time, chance or the machine's settings",
            access -> access instanceof JavaCodeUnitAccess<?> call && isAmbient(call));

    static final DescribedPredicate<JavaFieldAccess> STANDARD_STREAM = DescribedPredicate.describe(
            "the field is a standard stream",
            access -> access.getTargetOwner().getName().equals("java.lang.System")
                    && Set.of("in", "out", "err").contains(access.getName()));

    // By name: the owner of the call is whichever subtype of Throwable the variable has.
    static final DescribedPredicate<JavaAccess<?>> STACK_TRACE_PRINT = DescribedPredicate.describe(
            "a stack trace is printed", access -> access.getName().equals("printStackTrace"));

    private AmbientInputs() {}

    private static boolean isAmbient(JavaCodeUnitAccess<?> call) {
        String owner = call.getTargetOwner().getName();
        String name = call.getName();
        if (owner.startsWith("java.time.") && name.equals("now")) {
            return true;
        }
        if (owner.equals("java.lang.String") && AMBIENT_WITHOUT.containsKey(name)) {
            return call.getTarget().getRawParameterTypes().stream()
                    .noneMatch(type -> type.getName().equals(AMBIENT_WITHOUT.get(name)));
        }
        Set<String> methods = AMBIENT.get(owner);
        return methods != null && (methods.isEmpty() || methods.contains(name));
    }
}
