/** The contract of {@link dev.colloquy.domain.port.out.ConversationStore} as a test kit: extend {@link
 * dev.colloquy.store.tck.ConversationStoreContract} and hand it your store. */
@NullMarked
package dev.colloquy.store.tck;

import org.jspecify.annotations.NullMarked;
