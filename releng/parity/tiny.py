"""What the tiny models have in common."""

import torch

LINEARS = r".*language_model.*\.(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)"


def randomise(model, seed):
    """Norms around 1, biases around 0, matrices that keep the scale of what they multiply."""
    g = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, p in sorted(model.named_parameters()):
            noise = torch.randn(p.shape, generator=g)
            if p.dim() == 0:
                continue
            if name.endswith("weight") and "norm" in name:  # "pre_layrnorm", too
                p.copy_(1 + 0.2 * noise)
            elif name.endswith("bias"):
                p.copy_(0.1 * noise)
            else:
                p.copy_(noise / (p[0].numel() if p.dim() > 1 else p.numel()) ** 0.5)
    return model.eval()
