package dev.colloquy.benchmarks.workload;

import dev.colloquy.benchmarks.contestant.Contestant;
import dev.colloquy.benchmarks.contestant.Said;
import dev.colloquy.benchmarks.load.Action;
import dev.colloquy.benchmarks.measure.Sample;

/**
 * What a contestant is asked to do, and nothing of how, so that it can be sent to the process that the contestant is in.
 *
 * @param work what is measured
 * @param port the port of this machine at which the contestant reaches its Redis
 * @param scene the conversations to begin with
 * @param load who calls; says nothing where things are counted
 */
public record Round(Work work, int port, Scene scene, Load load) {

    /** What can be measured. */
    public enum Work {
        /** One message at a time. */
        APPEND,
        /** The two messages of a turn. */
        TURN,
        /** The latest messages, as many as each conversation has. */
        READ,
        /** A read, then a turn. */
        CHAT,
        /** Commands and bytes for each append, counted by the server. */
        TRAFFIC,
        /** What a message takes in the server, everything that belongs to its conversation included. */
        REDIS_MEMORY,
        /** What a message takes in the contestant's own heap. */
        HEAP
    }

    /**
     * Sets the scene and measures.
     *
     * @param contestant at the {@link #port}
     * @throws Exception if a call failed
     */
    public Sample play(Contestant contestant, Stage stage) throws Exception {
        return switch (work) {
            case APPEND, TURN, READ, CHAT -> {
                stage.set(contestant, scene.conversations(), scene.messages());
                yield load.run(action(contestant, stage));
            }
            case TRAFFIC -> {
                stage.set(contestant, scene.conversations(), scene.messages());
                yield Counts.traffic(contestant, stage, scene);
            }
            case REDIS_MEMORY -> {
                stage.clear(contestant);
                yield Counts.redisMemory(contestant, stage, scene);
            }
            case HEAP -> {
                stage.clear(contestant);
                yield Counts.heap(contestant, stage, scene);
            }
        };
    }

    private Action action(Contestant contestant, Stage stage) {
        Said question = Said.question(scene.bytes());
        Said answer = Said.answer(scene.bytes());
        return (caller, random) -> {
            String user = stage.user(random.nextInt(scene.conversations()));
            switch (work) {
                case APPEND -> contestant.append(user, question);
                case TURN -> contestant.appendTurn(user, question, answer);
                case READ -> read(contestant, user);
                default -> {
                    read(contestant, user);
                    contestant.appendTurn(user, question, answer);
                }
            }
        };
    }

    private void read(Contestant contestant, String user) {
        int found = contestant.readLast(user, scene.length());
        if (found != scene.length()) {
            throw new IllegalStateException("it read " + found + " messages, not " + scene.length());
        }
    }
}
