package dev.colloquy.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.colloquy.domain.port.out.ConversationStore;

/** Rule 8: every store runs the contract kit. */
final class StoreTests {

    private static final String CONTRACT = "dev.colloquy.store.tck.ConversationStoreContract";

    private StoreTests() {}

    /** The rule; a test belongs to a store if its name starts with the store's name. */
    static ArchRule everyStoreRunsTheContract(JavaClasses tests) {
        return ArchRuleDefinition.classes()
                .that()
                .implement(ConversationStore.class)
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .and()
                .areTopLevelClasses()
                .should(new ArchCondition<JavaClass>("have a test that extends the contract") {
                    @Override
                    public void check(JavaClass store, ConditionEvents events) {
                        boolean tested = tests.stream()
                                .anyMatch(test -> test.getSimpleName().startsWith(store.getSimpleName())
                                        && test.isAssignableTo(CONTRACT));
                        if (!tested) {
                            events.add(SimpleConditionEvent.violated(
                                    store, "no test named " + store.getSimpleName() + "… extends the contract"));
                        }
                    }
                })
                .because("two stores are only swappable if one and the same test has run over both");
    }
}
