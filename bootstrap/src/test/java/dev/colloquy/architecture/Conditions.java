package dev.colloquy.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What ArchUnit has no words for. */
final class Conditions {

    private Conditions() {}

    static ArchCondition<JavaMethod> onlyNameTypesThat(DescribedPredicate<JavaClass> allowed) {
        return new ArchCondition<>("only name types that " + allowed.getDescription()) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Stream.of(List.of(method.getReturnType()), method.getParameterTypes(), method.getTypeParameters())
                        .flatMap(Collection::stream)
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> !type.isPrimitive() && !allowed.test(type))
                        .distinct()
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " names " + type.getName())));
            }
        };
    }

    static ArchCondition<JavaClass> haveASimpleNameIn(Set<String> names) {
        return new ArchCondition<>("be one of " + names.stream().sorted().toList()) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!names.contains(item.getSimpleName())) {
                    events.add(SimpleConditionEvent.violated(item, item.getName() + " is public and not listed"));
                }
            }
        };
    }

    static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package that is @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage()
                        .tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                if (!marked) {
                    events.add(SimpleConditionEvent.violated(item, item.getPackageName() + " is not @NullMarked"));
                }
            }
        };
    }
}
