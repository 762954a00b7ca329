package dev.colloquy.adapter.memory;

import dev.colloquy.domain.conversation.AgentId;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationPage;
import dev.colloquy.domain.conversation.PageRequest;
import dev.colloquy.domain.conversation.UserId;
import java.util.List;
import java.util.TreeSet;

/**
 * One page of an agent's users, in the order of their names. It is shown every user and keeps only the first ones behind
 * the cursor, so that a listing needs no index beside the cache. Not safe for several threads.
 */
final class UserPage {

    private final AgentId agent;
    private final int limit;
    private final String after;
    // One more than the limit, which tells whether another page follows.
    private final TreeSet<String> users = new TreeSet<>();

    UserPage(AgentId agent, PageRequest request) {
        this.agent = agent;
        this.limit = request.limit();
        this.after = request.from().map(UserCursor::userIn).orElse("");
    }

    void offer(String user) {
        boolean tooLate = users.size() > limit && user.compareTo(users.last()) >= 0;
        if (!tooLate && user.compareTo(after) > 0) {
            users.add(user);
            if (users.size() > limit + 1) {
                users.removeLast();
            }
        }
    }

    ConversationPage page() {
        List<String> names = users.stream().limit(limit).toList();
        return new ConversationPage(
                names.stream()
                        .map(user -> new ConversationId(agent, new UserId(user)))
                        .toList(),
                users.size() > limit ? UserCursor.after(names.getLast()) : null);
    }
}
