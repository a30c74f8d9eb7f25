package dev.keysmith.core.activation;

import dev.keysmith.core.event.EventType;

/** An activation code is to be sent to its user by e-mail. */
@EventType("activation.mail-requested")
public record ActivationMailRequested(long codeId) {}
