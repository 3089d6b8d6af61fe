type Listener = (...args: unknown[]) => void;

/** Node's EventEmitter. A class, because programs extend it. */
export class EventEmitter {
  readonly #listeners = new Map<string | symbol, Listener[]>();

  on(event: string | symbol, listener: Listener): this {
    this.#listeners.set(event, [...this.listeners(event), listener]);
    return this;
  }

  once(event: string | symbol, listener: Listener): this {
    const once: Listener = (...args) => {
      this.off(event, once);
      listener.apply(this, args);
    };
    return this.on(event, once);
  }

  off(event: string | symbol, listener: Listener): this {
    this.#listeners.set(
      event,
      this.listeners(event).filter((other) => other !== listener),
    );
    return this;
  }

  emit(event: string | symbol, ...args: unknown[]): boolean {
    const listeners = this.listeners(event);
    if (listeners.length === 0 && event === "error") throw args[0];
    for (const listener of listeners) listener.apply(this, args);
    return listeners.length > 0;
  }

  listeners(event: string | symbol): Listener[] {
    return this.#listeners.get(event) ?? [];
  }

  listenerCount(event: string | symbol): number {
    return this.listeners(event).length;
  }

  removeAllListeners(event?: string | symbol): this {
    if (event === undefined) this.#listeners.clear();
    else this.#listeners.delete(event);
    return this;
  }

  addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener);
  }

  removeListener(event: string | symbol, listener: Listener): this {
    return this.off(event, listener);
  }

  setMaxListeners(): this {
    return this;
  }
}

/** `await once(emitter, "ready")`: the arguments of the next such event. */
export function once(emitter: EventEmitter, event: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    emitter.once(event, (...args) => resolve(args));
    if (event !== "error") emitter.once("error", reject);
  });
}
