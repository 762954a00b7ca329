package dev.colloquy.benchmarks.workload;

import dev.colloquy.benchmarks.contestant.Contestant;
import dev.colloquy.benchmarks.contestant.Said;
import dev.colloquy.benchmarks.server.RedisControl;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Brings a contestant into the state that a round starts from: nothing else in the server, and so many conversations of
 * so many messages.
 *
 * @param redis the server's control connection
 */
public record Stage(RedisControl redis) {

    private static final String TEMPLATE = "template-user";

    /** The name of a user. */
    public static String user(int number) {
        return "user-" + number;
    }

    /** Forgets everything and sets the conversations up. */
    public void set(Contestant contestant, int conversations, List<Said> messages) {
        clear(contestant);
        List<String> users =
                IntStream.range(0, conversations).mapToObj(Stage::user).toList();
        if (contestant.keepsItInRedis()) {
            contestant.seed(TEMPLATE, messages);
            redis.copyUser(TEMPLATE, users);
        } else {
            users.forEach(user -> contestant.seed(user, messages));
        }
    }

    /** Forgets everything. */
    public void clear(Contestant contestant) {
        redis.empty();
        contestant.forget();
    }
}
