package dev.keysmith.core.activation;

import dev.keysmith.core.event.EventType;

/** An activation code is to be sent to its user by e-mail. */
@EventType(value = "activation.mail-requested", slow = true)
public record ActivationMailRequested(long codeId) {}
