package dev.colloquy.benchmarks.contestant;

import dev.langchain4j.community.store.memory.chat.redis.RedisChatMemoryStore;
import dev.langchain4j.community.store.memory.chat.redis.StoreType;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** (b) LangChain4j's chat memory of the last 20 messages, on the community's Redis store. */
public final class LangChain4jWindow implements Contestant {

    private final RedisChatMemoryStore store;
    // One memory for each id, as its AI services keep them.
    private final Map<String, ChatMemory> memories = new ConcurrentHashMap<>();

    private LangChain4jWindow(RedisChatMemoryStore store) {
        this.store = store;
    }

    /** On the Redis at that port of this machine. */
    public static LangChain4jWindow on(int port) {
        return new LangChain4jWindow(RedisChatMemoryStore.builder()
                .host("127.0.0.1")
                .port(port)
                .storeType(StoreType.STRING)
                .prefix("langchain4j:")
                .ttl(WEEK)
                .build());
    }

    @Override
    public void append(String user, Said said) {
        memory(user).add(message(said));
    }

    @Override
    public void appendTurn(String user, Said question, Said answer) {
        ChatMemory memory = memory(user);
        memory.add(message(question));
        memory.add(message(answer));
    }

    @Override
    public int readLast(String user, int count) {
        return Math.min(count, memory(user).messages().size());
    }

    @Override
    public void seed(String user, List<Said> messages) {
        List<Said> kept = messages.subList(Math.max(0, messages.size() - WINDOW), messages.size());
        store.updateMessages(user, kept.stream().map(LangChain4jWindow::message).toList());
    }

    /** The store has no way to close its connections; they end with this process. */
    @Override
    public void close() {
        memories.clear();
    }

    private ChatMemory memory(String user) {
        return memories.computeIfAbsent(
                user,
                id -> MessageWindowChatMemory.builder()
                        .id(id)
                        .maxMessages(WINDOW)
                        .chatMemoryStore(store)
                        .build());
    }

    private static ChatMessage message(Said said) {
        return said.byUser() ? UserMessage.from(said.content()) : AiMessage.from(said.content());
    }
}
