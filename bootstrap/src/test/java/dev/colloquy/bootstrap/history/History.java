package dev.colloquy.bootstrap.history;

import java.util.List;
import java.util.Map;

/**
 * Everything that was asked and answered, and what the store holds after every fault is healed and every outbox empty.
 *
 * @param operations in any order
 * @param finals what each conversation holds in the end; one without an entry holds nothing
 */
record History(List<Operation> operations, Map<String, List<Entry>> finals) {
    History {
        operations = List.copyOf(operations);
        finals = Map.copyOf(finals);
    }
}
