package dev.keysmith.core.message;

import java.util.List;

/**
 * Names a sentence. Each feature has an enum of its codes; the bundles have a text for each of them
 * under {@code message.} and the code, in every language.
 *
 * <p>A code is part of the API and of stored rows: it keeps its meaning and its parameters.
 */
public interface MessageCode {

  /** Stable name for programs, for instance {@code passkey.already-assigned}. */
  String code();

  /** The names of the arguments, in the order of the gaps {@code {0}}, {@code {1}} in the text. */
  List<String> parameters();
}
