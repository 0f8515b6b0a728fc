"""Asks a pool in service by OpenAI's own client, and reads its metrics by Prometheus' own parser: python3 client.py URL IMAGE

Prints a line of JSON with what came back; ServeTest looks at it. What is not as OpenAI's client wants it ends this with an error.
"""

import base64
import json
import sys
import urllib.request

import openai
from prometheus_client.parser import text_string_to_metric_families

url, image = sys.argv[1:]
client = openai.OpenAI(base_url=url + "/v1", api_key="none", max_retries=0)
model = client.models.list().data[0].id
data = "data:image/png;base64," + base64.b64encode(open(image, "rb").read()).decode()
messages = [{"role": "system", "content": "Be brief."},
            {"role": "user", "content": [{"type": "text", "text": "What is in the image?"},
                                         {"type": "image_url", "image_url": {"url": data}}]}]

plain = client.chat.completions.create(model=model, messages=[{"role": "user", "content": "What is a card?"}])
with_image = client.chat.completions.create(model=model, messages=messages, temperature=0)
parts, usage = [], None
for chunk in client.chat.completions.create(model=model, messages=messages, stream=True, stream_options={"include_usage": True}):
    parts += [choice.delta.content or "" for choice in chunk.choices]
    usage = chunk.usage or usage
try:
    client.chat.completions.create(model="other", messages=messages)
    error = None
except openai.NotFoundError as refused:
    error = refused.code
try:
    client.chat.completions.create(model=model, messages=[{"role": "user", "content": [
        {"type": "image_url", "image_url": {"url": "http://127.0.0.1:1/x.png"}}, {"type": "text", "text": "What?"}]}])
    remote = None
except openai.BadRequestError as refused:
    remote = refused.code
families = {family.name: family for family in
            text_string_to_metric_families(urllib.request.urlopen(url + "/metrics").read().decode())}
print(json.dumps({
    "model": model,
    "plain": plain.choices[0].message.content,
    "answer": with_image.choices[0].message.content,
    "streamed": "".join(parts),
    "usage": with_image.usage.total_tokens == usage.total_tokens and usage.prompt_tokens > 0,
    "cards": [card["card"] for card in with_image.karuta["cards"]],
    "error": error,
    "remote": remote,
    "counted": sum(sample.value for sample in families["karuta_answer_seconds"].samples if sample.name.endswith("_count"))}))
