"""Carries TCP connections: relay.py FROM-ADDRESS:PORT TO-ADDRESS:PORT"""

import socket
import sys
import threading


def address(text):
    host, port = text.rsplit(":", 1)
    return host, int(port)


def carry(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        # One side has gone, so neither is of use any more.
        source.close()
        sink.close()


def serve(client, target):
    try:
        server = socket.create_connection(target)
    except OSError:
        client.close()
        return
    for each in (client, server):
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    threading.Thread(target=carry, args=(client, server), daemon=True).start()
    threading.Thread(target=carry, args=(server, client), daemon=True).start()


listener = socket.create_server(address(sys.argv[1]))
target = address(sys.argv[2])
print("listening")
while True:
    threading.Thread(target=serve, args=(listener.accept()[0], target), daemon=True).start()
